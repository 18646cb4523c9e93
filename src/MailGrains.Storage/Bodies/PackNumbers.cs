namespace MailGrains.Storage.Bodies;

/// <summary>The highest numbers of packs that an index knows; 0: none.</summary>
/// <param name="Used">Of those in which bodies lie.</param>
/// <param name="Taken">Of those, and of the retired ones it keeps in mind. A new pack must have a higher one, whatever files there are.</param>
public readonly record struct PackNumbers(int Used, int Taken);
