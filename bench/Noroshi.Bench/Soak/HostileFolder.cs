using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Makers.Hostile;

namespace Noroshi.Bench.Soak;

/// <summary>One file of the hostile folder.</summary>
/// <param name="File">Name in the folder.</param>
/// <param name="Input">Name of the hostile input.</param>
/// <param name="Sha256">Digest of the file, lower-case hex.</param>
/// <param name="Size">Bytes of the file.</param>
internal sealed record HostileFile(string File, string Input, string Sha256, long Size)
{
    /// <summary>A mail by its name: it gives an entry however broken it is.</summary>
    public bool IsMail => File.EndsWith(".eml", StringComparison.Ordinal);
}

/// <summary>
/// The hostile set as a folder for <c>noroshi analyze</c>: mails as they are, all else attached to a mail, and archives and Outlook items once
/// more as they are. An ordinary mail comes last: whoever is still alive reads it.
/// </summary>
internal static class HostileFolder
{
    /// <summary>The last file.</summary>
    public const string Last = "z-alive.eml";

    private const int LineBytes = 57;
    private const int ChunkBytes = LineBytes * 4_096;

    /// <summary>Writes the folder.</summary>
    public static IReadOnlyList<HostileFile> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<HostileFile>();
        foreach (var (input, way) in HostileSet.All)
        {
            var bytes = input.Make();
            if (way == HostileWay.Mail)
            {
                Add(input.Name, "mail.eml", stream => stream.Write(bytes));
                continue;
            }

            Add(input.Name, "attached.eml", stream => Attach(stream, bytes));
            if (input.Name.StartsWith("archive/", StringComparison.Ordinal))
            {
                Add(input.Name, "raw.zip", stream => stream.Write(bytes));
            }
            else if (way == HostileWay.Alone)
            {
                Add(input.Name, "item.msg", stream => stream.Write(bytes));
            }
        }

        Add("alive", Last, stream => stream.Write("From: a@b.example\r\nSubject: alive\r\n\r\nbody\r\n"u8));
        return files;

        void Add(string input, string ending, Action<Stream> write)
        {
            var name = ending == Last ? Last : string.Create(CultureInfo.InvariantCulture, $"{files.Count:D4}-{ending}");
            var path = Path.Combine(folder, name);
            using (var stream = File.Create(path))
            {
                write(stream);
            }

            using var written = File.OpenRead(path);
            files.Add(new HostileFile(name, input, Convert.ToHexStringLower(SHA256.HashData(written)), written.Length));
        }
    }

    private static void Attach(Stream mail, byte[] content)
    {
        mail.Write(
            Encoding.ASCII.GetBytes(
                "From: a@b.example\r\nSubject: hostile\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nbody\r\n"
                    + "--b\r\nContent-Type: application/octet-stream; name=hostile\r\nContent-Transfer-Encoding: base64\r\n"
                    + "Content-Disposition: attachment; filename=hostile\r\n\r\n"
            )
        );
        for (var at = 0; at < content.Length; at += ChunkBytes)
        {
            var chunk = content.AsSpan(at, Math.Min(ChunkBytes, content.Length - at));
            mail.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(chunk, Base64FormattingOptions.InsertLineBreaks)));
            mail.Write("\r\n"u8);
        }

        mail.Write("--b--\r\n"u8);
    }
}
