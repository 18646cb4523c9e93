namespace MailGrains.Model.Summary;

/// <summary>What a summary is made of, as its builder found it; <see cref="Encode"/> puts it into the stored form.</summary>
public sealed class SummaryContent
{
    public SummaryFlags Flags { get; set; }

    /// <summary>Octets of the whole body blob.</summary>
    public int BlobLength { get; set; }

    /// <summary>Octets of the blob's header with the empty line that ends it.</summary>
    public int HeaderLength { get; set; }

    public DateOnly? SentDate { get; set; }

    /// <summary>Hash of the Message-ID, or 0.</summary>
    public ulong MessageIdHash { get; set; }

    /// <summary>One bit per cached field whose lines did not fit.</summary>
    public ulong UncoveredFields { get; set; }

    /// <summary>ENVELOPE's value, parentheses included.</summary>
    public SummaryBuffer Envelope { get; } = new();

    /// <summary>BODYSTRUCTURE's value.</summary>
    public SummaryBuffer BodyStructure { get; } = new();

    /// <summary>Pairs of numbers: octets of BODYSTRUCTURE to keep, octets to leave out, to make BODY of it.</summary>
    public SummaryBuffer BodyCuts { get; } = new(64);

    /// <summary>Cached header lines: field index (1 octet), length (varint), the field verbatim with its line end.</summary>
    public SummaryBuffer CachedHeaders { get; } = new();

    /// <summary>Records of <see cref="PartTable"/>.</summary>
    public SummaryBuffer Parts { get; } = new(256);

    /// <summary>64-bit little-endian hashes of the References, or else In-Reply-To, oldest first.</summary>
    public SummaryBuffer References { get; } = new(256);

    /// <summary>Per <see cref="SearchField"/> in order: 0 absent, 1 not stored, n+2 and n octets of folded text.</summary>
    public SummaryBuffer SearchText { get; } = new();

    public byte[] Encode()
    {
        ReadOnlySpan<SummaryBuffer> sections = [Envelope, BodyStructure, BodyCuts, CachedHeaders, Parts, References, SearchText];
        var length = SummaryLayout.HeaderLength;
        foreach (var section in sections)
            length += section.Length;

        var encoded = new byte[length];
        SummaryLayout.WriteHeader(encoded, this);
        var position = SummaryLayout.HeaderLength;
        for (var i = 0; i < sections.Length; i++)
        {
            sections[i].Written.CopyTo(encoded.AsSpan(position));
            position += sections[i].Length;
            SummaryLayout.WriteEnd(encoded, i, position);
        }

        return encoded;
    }

    /// <summary>Makes it ready for the next message, keeping its buffers.</summary>
    public void Clear()
    {
        Flags = SummaryFlags.None;
        (BlobLength, HeaderLength, SentDate) = (0, 0, null);
        (MessageIdHash, UncoveredFields) = (0, 0);
        ReadOnlySpan<SummaryBuffer> sections = [Envelope, BodyStructure, BodyCuts, CachedHeaders, Parts, References, SearchText];
        foreach (var section in sections)
            section.Clear();
    }
}
