using System.Collections.Immutable;
using MailGrains.Discovery.Tokens;

namespace MailGrains.Discovery.Matching;

/// <summary>NEAR: phrases close to each other, in any order.</summary>
internal static class Proximity
{
    /// <summary>
    /// Whether one segment holds all phrases with at most <paramref name="distance"/> tokens between the end of the one that starts
    /// first and the start of the one that starts last.
    /// </summary>
    public static bool IsIn(string tokens, ImmutableArray<TokenPhrase> phrases, int distance)
    {
        foreach (var segment in tokens.AsSpan().Split(TokenWriter.SegmentEnd))
            if (IsInSegment(tokens.AsSpan(segment), phrases, distance)) return true;
        return false;
    }

    private static bool IsInSegment(ReadOnlySpan<char> segment, ImmutableArray<TokenPhrase> phrases, int distance)
    {
        var places = new List<int>[phrases.Length];
        for (var i = 0; i < phrases.Length; i++)
        {
            places[i] = PlacesOf(phrases[i], segment);
            if (places[i].Count == 0) return false;
        }

        // The smallest stretch that has one of each: the one that starts first moves on, until there is none to move on to.
        var at = new int[phrases.Length];
        while (true)
        {
            var (first, last) = (0, 0);
            for (var i = 1; i < at.Length; i++)
            {
                if (places[i][at[i]] < places[first][at[first]]) first = i;
                if (places[i][at[i]] > places[last][at[last]]) last = i;
            }

            if (places[last][at[last]] - (places[first][at[first]] + phrases[first].Count) <= distance) return true;
            if (++at[first] == places[first].Count) return false;
        }
    }

    /// <summary>The numbers of the tokens that the phrase starts with.</summary>
    private static List<int> PlacesOf(TokenPhrase phrase, ReadOnlySpan<char> segment)
    {
        var places = new List<int>();
        var number = 0;
        var counted = 0;
        for (var found = phrase.IndexIn(segment, 0); found >= 0; found = phrase.IndexIn(segment, found + 1))
        {
            number += segment[counted..found].Count(TokenFolding.Separator);
            counted = found;
            places.Add(number);
        }

        return places;
    }
}
