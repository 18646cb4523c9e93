using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>A body and its place.</summary>
public readonly record struct PlacedBody(BlobId Blob, BodyLocator Locator);
