using MailGrains.Model;

namespace MailGrains.Imap.Commands;

/// <summary>
/// QRESYNC (uidvalidity modseq [known-uids] [(known-sequence-set known-uid-set)]) of SELECT (RFC 7162 section 3.2.5). The sets
/// hold neither <c>*</c> nor <c>$</c>; the last two denote equally many numbers, in ascending order.
/// </summary>
public sealed record QresyncParameters(uint UidValidity, long ModSeq, UidSet? KnownUids, UidSet? KnownSequences, UidSet? KnownSequenceUids);
