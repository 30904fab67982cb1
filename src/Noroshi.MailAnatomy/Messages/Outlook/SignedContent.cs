namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>What stands inside an opaque S/MIME signature (RFC 5652 SignedData); the signature itself is not checked.</summary>
internal static class SignedContent
{
    private const int Sequence = 0x30;
    private const int OctetString = 0x04;
    private const int OctetStrings = 0x24;
    private const int Content = 0xA0;
    private const int MaxPieces = 100_000;

    /// <summary>OID 1.2.840.113549.1.7.2.</summary>
    private static ReadOnlySpan<byte> SignedData => [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];

    /// <summary>The content signed; null when the bytes are no signature or the content stands elsewhere.</summary>
    public static byte[]? Of(ReadOnlySpan<byte> cms)
    {
        if (!Enter(ref cms, Sequence) || !cms.StartsWith(SignedData))
        {
            return null;
        }

        cms = cms[SignedData.Length..];
        // ContentInfo [0], SignedData, its version and digest algorithms, then EncapsulatedContentInfo with type and [0].
        if (!Enter(ref cms, Content) || !Enter(ref cms, Sequence) || !Skip(ref cms) || !Skip(ref cms))
        {
            return null;
        }

        if (!Enter(ref cms, Sequence) || !Skip(ref cms) || !Enter(ref cms, Content) || cms.IsEmpty)
        {
            return null;
        }

        if (cms[0] == OctetString)
        {
            return Read(ref cms, out var whole) ? whole.ToArray() : null;
        }

        if (!Enter(ref cms, OctetStrings))
        {
            return null;
        }

        using var output = new MemoryStream();
        for (var i = 0; i < MaxPieces && !cms.IsEmpty && cms[0] == OctetString && Read(ref cms, out var piece); i++)
        {
            output.Write(piece);
        }

        return output.ToArray();
    }

    /// <summary>Steps into a constructed value; one of indefinite length reaches to the end of what is there.</summary>
    private static bool Enter(ref ReadOnlySpan<byte> bytes, int tag)
    {
        if (bytes.Length < 2 || bytes[0] != tag || !Head(bytes, out var header, out var length))
        {
            return false;
        }

        bytes = length < 0 ? bytes[header..] : bytes.Slice(header, (int)Math.Min(length, bytes.Length - header));
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> bytes) => Read(ref bytes, out _);

    private static bool Read(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (bytes.Length < 2 || !Head(bytes, out var header, out var length) || length < 0)
        {
            return false;
        }

        value = bytes.Slice(header, (int)Math.Min(length, bytes.Length - header));
        bytes = bytes[(header + value.Length)..];
        return true;
    }

    private static bool Head(ReadOnlySpan<byte> bytes, out int header, out long length)
    {
        header = 2;
        length = bytes[1];
        if (length < 0x80)
        {
            return true;
        }

        var count = (int)length & 0x7F;
        header = 2 + count;
        length = count == 0 ? -1 : 0;
        if (count > 4 || header > bytes.Length)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            length = (length << 8) | bytes[2 + i];
        }

        return true;
    }
}
