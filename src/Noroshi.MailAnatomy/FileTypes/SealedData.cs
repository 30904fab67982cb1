namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>OpenPGP (RFC 4880), CMS (RFC 5652), certificates and keys, in text and in binary form.</summary>
internal sealed class SealedData : IFileTypeRecogniser
{
    private static readonly FileTypeMatch Pgp = new(FileType.Other, "pgp", ["pgp", "gpg", "asc", "sig", "txt", "key"]);
    private static readonly FileTypeMatch PgpLocked = Pgp with { Encrypted = true, Encryption = "openpgp" };
    private static readonly FileTypeMatch Signature = new(FileType.Other, "p7s", ["p7s", "p7m", "p7b", "p7c", "spc", "cat"]);
    private static readonly FileTypeMatch Enveloped = new(FileType.Other, "p7m", ["p7m", "p7s", "p7c"])
    {
        Encrypted = true,
        Encryption = "cms",
    };
    private static readonly FileTypeMatch Certificate = new(FileType.Other, "cert", ["cer", "crt", "der", "pem", "ca-bundle", "txt"]);
    private static readonly FileTypeMatch Key = new(FileType.Other, "key", ["key", "pem", "ppk", "pub", "txt"]);
    private static readonly FileTypeMatch Pkcs12 = new(FileType.Other, "p12", ["p12", "pfx"]) { Encrypted = true, Encryption = "pkcs12" };

    /// <inheritdoc/>
    public int Priority => 200;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
        {
            return null;
        }

        var start = bytes.TrimStart("\u00EF\u00BB\u00BF \t\r\n"u8);
        return start.StartsWith("-----BEGIN "u8) ? Armoured(start[11..])
            : bytes[0] == 0x30 ? Der(bytes)
            : null;
    }

    private static FileTypeMatch? Armoured(ReadOnlySpan<byte> label)
    {
        if (label.StartsWith("PGP "u8))
        {
            return label[4..].StartsWith("MESSAGE-----"u8) ? PgpLocked : Pgp;
        }

        var end = label.IndexOf("-----"u8);
        if (end is < 0 or > 64)
        {
            return null;
        }

        label = label[..end];
        return label.EndsWith("CERTIFICATE"u8) || label.EndsWith("CERTIFICATE REQUEST"u8) ? Certificate
            : label.SequenceEqual("PKCS7"u8) || label.SequenceEqual("CMS"u8) ? Signature
            : label.EndsWith("KEY"u8) ? Key
            : null;
    }

    private static FileTypeMatch? Der(ReadOnlySpan<byte> bytes)
    {
        // SEQUENCE with a definite or indefinite length, then what identifies the content.
        var header =
            bytes[1] < 0x80 ? 2
            : bytes[1] == 0x80 ? 2
            : 2 + (bytes[1] & 0x7F);
        if (header > 6 || header + 11 > bytes.Length)
        {
            return null;
        }

        var body = bytes[header..];
        ReadOnlySpan<byte> pkcs7 = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
        if (body.StartsWith(pkcs7))
        {
            return body[10] switch
            {
                2 => Signature,
                3 or 6 => Enveloped,
                _ => null,
            };
        }

        ReadOnlySpan<byte> authEnveloped = [0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10];
        if (body.StartsWith(authEnveloped))
        {
            return Enveloped;
        }

        if (body is [0x02, 0x01, 0x03, 0x30, ..] && body[..Math.Min(body.Length, 32)].IndexOf(pkcs7) >= 0)
        {
            return Pkcs12;
        }

        // Certificate ::= SEQUENCE { tbs SEQUENCE { [0] version …
        if (bytes[1] != 0x82 || body[0] != 0x30 || body[1] != 0x82)
        {
            return null;
        }

        return body is [_, _, _, _, 0xA0, 0x03, 0x02, 0x01, ..] ? Certificate : null;
    }
}
