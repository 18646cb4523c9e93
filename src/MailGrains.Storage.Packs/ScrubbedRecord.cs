using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Packs;

/// <summary>What a scrub found at one place.</summary>
/// <param name="Blob">The body as its record names it; none for an unreadable stretch.</param>
/// <param name="Locator">For an unreadable stretch, where it starts and its length as the stored length.</param>
/// <param name="Detail">What is wrong, or empty.</param>
public readonly record struct ScrubbedRecord(ScrubOutcome Outcome, BlobId Blob, BodyLocator Locator, string Detail);
