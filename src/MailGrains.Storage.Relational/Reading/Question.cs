namespace MailGrains.Storage.Relational.Reading;

/// <summary>A statement by its name, with its parameters by their places.</summary>
internal readonly record struct Question(string Statement, params object?[] Values);
