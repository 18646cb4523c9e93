namespace MailGrains.Model;

/// <summary>
/// What a message says it is, by facts of its header and structure and nothing else: no words are weighed, nothing is guessed. A message may be of several
/// classes or of none. The numbers are kept in databases.
/// </summary>
[Flags]
public enum MessageClasses
{
    None = 0,

    /// <summary>Sent to many: a field List-Id (RFC 2919), or Precedence with <c>bulk</c>, <c>list</c> or <c>junk</c> (RFC 2076 section 3.9).</summary>
    Bulk = 1,

    /// <summary>Written by a program: a field Auto-Submitted with anything but <c>no</c> (RFC 3834 section 5).</summary>
    Auto = 2,

    /// <summary>The message is a multipart/report (RFC 6522): what became of another message.</summary>
    Report = 4,

    /// <summary>It has a part of type text/calendar (RFC 5545 section 8.1), as invitations and their answers do.</summary>
    Calendar = 8,

    /// <summary>An object of groupware: a field X-Kolab-Type, as Kolab writes it.</summary>
    Groupware = 16,

    /// <summary>
    /// The message is a multipart/encrypted (RFC 1847 section 2.2), or an application/pkcs7-mime that says in its smime-type that it is enveloped
    /// (RFC 8551 section 3.2.2).
    /// </summary>
    Encrypted = 32,
}
