namespace MailGrains.Bench.Generator;

/// <summary>How a generated mailbox is laid out on disk.</summary>
public enum MailboxFormat
{
    /// <summary>One file, mboxrd quoting (<c>&gt;From </c>).</summary>
    Mbox,

    /// <summary>A folder of numbered .eml files: the exact bytes.</summary>
    Eml,

    /// <summary>A Maildir with flags in the file names.</summary>
    Maildir,
}
