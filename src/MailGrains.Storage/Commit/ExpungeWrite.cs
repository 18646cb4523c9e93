using MailGrains.Model;

namespace MailGrains.Storage.Commit;

/// <summary>UIDs expunged at one MODSEQ, remembered for QRESYNC (RFC 7162).</summary>
public sealed record ExpungeWrite(FolderId Folder, long ModSeq, UidSet Uids);
