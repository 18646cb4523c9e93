using MailGrains.Model;

namespace MailGrains.Records.Tests;

/// <summary>Members of payloads.</summary>
internal static class Members
{
    public static string Folder(int id, string path = "INBOX") => $$"""
        "mailbox":{"id":{{id}},"uidValidity":{{100 + id}},"path":"{{path}}"}
        """;

    public static string Arrival(uint uid, int folder = 1, string? blob = null, string flags = "") => Folder(folder) + $$"""
        ,"messages":[{"uid":{{uid}},"emailId":{{uid}},"messageId":"{{uid}}@x","size":10,"internalDate":"2026-01-01T00:00:00Z","flagsAfter":[{{flags}}],
        "blobId":"{{blob ?? BlobOf(uid).ToString()}}"}]
        """;

    public static string Transfer(int from, int to, string oldUids, string uids) => $$"""
        "mailbox":{"id":{{to}},"uidValidity":{{100 + to}},"path":"x","oldId":{{from}}},"messages":[{"uids":"{{uids}}","oldUids":"{{oldUids}}","emailIds":"1"}]
        """;

    public static string Expunge(string uids, int folder = 1) => Folder(folder) + $$"""
        ,"messages":[{"uids":"{{uids}}"}]
        """;

    public static string Flags(string uids, string flags, int folder = 1) => Folder(folder) + $$"""
        ,"messages":[{"uids":"{{uids}}","flagsBefore":[],"flagsAfter":[{{flags}}]}]
        """;

    public static BlobId BlobOf(uint number) => BlobId.Of([(byte)number, (byte)(number >> 8)]);
}
