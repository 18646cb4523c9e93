namespace MailGrains.Model.Summary;

/// <summary>The folded text of one searchable field.</summary>
/// <param name="IsStored">False: the text was too long to keep; decode the header itself.</param>
/// <param name="IsPresent">False, when stored: the message has no such field.</param>
/// <param name="Folded">Decoded, folded UTF-8; several fields of one name are separated by a line feed.</param>
public readonly record struct SearchFieldText(bool IsStored, bool IsPresent, ReadOnlyMemory<byte> Folded);
