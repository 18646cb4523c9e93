using MailGrains.Imap.Responses;

namespace MailGrains.Frontends.Imap.Folders;

/// <summary>A name that LIST answers with.</summary>
internal readonly record struct FolderMatch(FolderName Name, ListEntry Entry);
