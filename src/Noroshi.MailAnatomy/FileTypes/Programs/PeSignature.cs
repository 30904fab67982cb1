using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>What an embedded signature says of itself. Nothing here says that it can be trusted.</summary>
/// <param name="Subject">Common name (else organisation) of the signer's certificate.</param>
/// <param name="Issuer">The same of who issued it.</param>
/// <param name="Serial">Serial number of the certificate, hex.</param>
/// <param name="DigestMatches">The signed digest is that of the file; null when the kind of digest is not known.</param>
internal sealed record PeSignature(string? Subject, string? Issuer, string? Serial, bool? DigestMatches)
{
    private const int SignedData = 2;
    private const int MaxCertificates = 32;
    private const int MaxNameParts = 32;

    /// <summary>Reads the first signature; null when there is none.</summary>
    public static PeSignature? Read(PeFile pe)
    {
        // The only directory that has an offset in the file where others have an address.
        var (at, size) = pe.Directory(PeFile.Security);
        var table = pe.Span.Part(at, size);
        if (at == 0 || table.Length < 9 || table.U16(6) != SignedData)
        {
            return null;
        }

        var content = table.Part(8, Math.Max(0, (long)table.U32(0) - 8));
        // ContentInfo: object id, then [0] with SignedData in it.
        var outer = new DerReader(content).Into(DerReader.Sequence);
        outer.Skip();
        var signed = outer.Into(0xA0).Into(DerReader.Sequence);
        signed.Skip();
        signed.Skip();
        signed.Next(out _, out var info);
        var certificates = default(ReadOnlySpan<byte>);
        var signers = default(ReadOnlySpan<byte>);
        while (signed.Next(out var tag, out var part))
        {
            if (tag == 0xA0)
            {
                certificates = part;
            }
            else if (tag == DerReader.Set)
            {
                signers = part;
            }
        }

        // SignerInfo: version, then issuer and serial number.
        var signer = new DerReader(signers).Into(DerReader.Sequence);
        signer.Skip();
        var id = signer.Into(DerReader.Sequence);
        id.Next(out _, out var issuer);
        id.Next(out _, out var serial);
        return new PeSignature(
            SubjectOf(certificates, serial),
            Name(issuer),
            serial.IsEmpty ? null : Convert.ToHexStringLower(serial[..Math.Min(serial.Length, 32)]),
            Matches(pe, info)
        );
    }

    private static string? SubjectOf(ReadOnlySpan<byte> certificates, ReadOnlySpan<byte> serial)
    {
        var reader = new DerReader(certificates);
        for (var i = 0; i < MaxCertificates && reader.Tag != 0; i++)
        {
            var body = reader.Into(DerReader.Sequence).Into(DerReader.Sequence);
            if (body.Tag == 0xA0)
            {
                body.Skip();
            }

            body.Next(out _, out var number);
            body.Skip();
            body.Skip();
            body.Skip();
            body.Next(out _, out var subject);
            if (number.SequenceEqual(serial))
            {
                return Name(subject);
            }
        }

        return null;
    }

    /// <summary>The common name in a distinguished name, else its organisation.</summary>
    private static string? Name(ReadOnlySpan<byte> name)
    {
        string? organisation = null;
        var sets = new DerReader(name);
        for (var i = 0; i < MaxNameParts && sets.Tag != 0; i++)
        {
            var pair = sets.Into(DerReader.Set).Into(DerReader.Sequence);
            pair.Next(out _, out var kind);
            if (!pair.Next(out var tag, out var value) || kind.Length != 3 || kind[0] != 0x55 || kind[1] != 4)
            {
                continue;
            }

            value = value[..Math.Min(value.Length, 512)];
            var text =
                tag == 0x1E ? Encoding.BigEndianUnicode.GetString(value)
                : tag == 0x0C ? Encoding.UTF8.GetString(value)
                : Encoding.Latin1.GetString(value);
            if (kind[2] == 3)
            {
                return text;
            }

            organisation = kind[2] == 10 ? text : organisation;
        }

        return organisation;
    }

    /// <summary>Compares the digest in SpcIndirectDataContent with that of the file without checksum, entry and table of the signature.</summary>
    private static bool? Matches(PeFile pe, ReadOnlySpan<byte> info)
    {
        var content = new DerReader(info);
        content.Skip();
        var indirect = content.Into(0xA0).Into(DerReader.Sequence);
        indirect.Skip();
        var digest = indirect.Into(DerReader.Sequence);
        digest.Skip();
        digest.Next(out _, out var stated);
        var entry = pe.DirectoryAt(PeFile.Security);
        var (table, _) = pe.Directory(PeFile.Security);
        var span = pe.Span;
        if (entry < 0 || entry + 8 > table || table > span.Length || pe.ChecksumAt + 4 > entry)
        {
            return null;
        }

        var name =
            stated.Length == 20 ? HashAlgorithmName.SHA1
            : stated.Length == 32 ? HashAlgorithmName.SHA256
            : default;
        if (name == default)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(name);
        hash.AppendData(span[..pe.ChecksumAt]);
        hash.AppendData(span[(pe.ChecksumAt + 4)..entry]);
        hash.AppendData(span[(entry + 8)..(int)table]);
        return stated.SequenceEqual(hash.GetHashAndReset());
    }
}
