using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>A body's old place and its new one.</summary>
public readonly record struct BodyMove(BlobId Blob, BodyLocator From, BodyLocator To);
