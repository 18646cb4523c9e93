namespace MailGrains.TestKit;

/// <summary>Damages messages at random places, for tests of what has to read any octets.</summary>
public static class Mutation
{
    /// <summary>Changes an octet, cuts out or doubles up to 200, or puts in a token.</summary>
    /// <param name="edits">Places and amounts are shares of one.</param>
    public static byte[] Apply(byte[] message, IReadOnlyList<byte[]> tokens, (int Kind, double Place, double Other, int Token)[] edits)
    {
        var octets = message.ToList();
        foreach (var (kind, place, other, token) in edits)
        {
            var at = (int)(place * octets.Count);
            var length = Math.Min((int)(other * 200), octets.Count - at);
            switch (kind)
            {
                case 0 when at < octets.Count:
                    octets[at] = (byte)(other * 256);
                    break;
                case 1:
                    octets.RemoveRange(at, length);
                    break;
                case 2:
                    octets.InsertRange((int)(other * octets.Count), octets.GetRange(at, length));
                    break;
                default:
                    octets.InsertRange(at, tokens[token]);
                    break;
            }
        }

        return [.. octets];
    }
}
