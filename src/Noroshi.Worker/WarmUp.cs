using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Worker;

/// <summary>
/// Takes a small mail apart before the jail closes, so that code pages, ICU, the cryptographic library and the assemblies are loaded.
/// </summary>
internal static class WarmUp
{
    private const string Mail =
        "From: =?iso-2022-jp?B?GyRCJEYkOSRIGyhC?= <a@example.jp>\r\n"
        + "To: b@example.jp\r\n"
        + "Subject: =?utf-8?B?44OG44K544OI?=\r\n"
        + "Date: Mon, 1 Apr 2024 09:00:00 +0900\r\n"
        + "Message-ID: <1@example.jp>\r\n"
        + "Received: from a.example.jp (a.example.jp [192.0.2.1]) by b.example.jp with ESMTP; Mon, 1 Apr 2024 09:00:01 +0900\r\n"
        + "MIME-Version: 1.0\r\n"
        + "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n"
        + "--b\r\nContent-Type: text/html; charset=shift_jis\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + "PHA+g2WDWINnPGEgaHJlZj0iaHR0cDovL2V4YW1wbGUuanAvIj5hPC9hPjwvcD4=\r\n"
        + "--b\r\nContent-Type: application/zip; name=\"a.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + "UEsDBBQAAAAIAABIUUNsOmRcCgAAABkAAAAFAAAAYS50eHQrTyzKVSjHJLgAUEsBAhQDFAAAAAgAAEhRQ2w6ZFwKAAAAGQAAAAUAAAAAAAAAAAAAAIABAAAAAGEudHh0UEsFBgAAAAABAAEA\r\n"
        + "MwAAAC0AAAAAAA==\r\n--b--\r\n";

    public static void Run()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var request = WireJson.ReadRequest("""{"Name":"","Kind":0,"PasswordBudgetMilliseconds":0}"""u8);
        if (request is null)
        {
            throw new InvalidOperationException("The protocol cannot read its own request.");
        }

        using var output = new FrameWriter(_ => true);
        Dissector.Dissect(Encoding.ASCII.GetBytes(Mail), request, frame => output.Write(frame));

        LoadLibraries();

        // What only a fault would load otherwise.
        _ = WireJson.Write(new WorkerFault("exception", ""));
    }

    /// <summary>
    /// Assemblies are loaded by the jail, but the system's libraries only by their first use: the one that inflates (packages of documents,
    /// streams of PDF) and each algorithm of the cryptographic one (locked documents and archives), which looks for its parts on disk.
    /// </summary>
    private static void LoadLibraries()
    {
        using (var inflater = new DeflateStream(new MemoryStream([3, 0]), CompressionMode.Decompress))
        {
            _ = inflater.ReadByte();
        }

        foreach (
            var name in (HashAlgorithmName[])
                [HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512]
        )
        {
            using var hash = IncrementalHash.CreateHash(name);
            using var keyed = IncrementalHash.CreateHMAC(name, [1]);
            _ = hash.GetHashAndReset();
            _ = keyed.GetHashAndReset();
        }

        _ = Rfc2898DeriveBytes.Pbkdf2([1], [1, 2, 3, 4, 5, 6, 7, 8], 1, HashAlgorithmName.SHA256, 32);
        using var aes = Aes.Create();
        foreach (var size in (int[])[16, 24, 32])
        {
            aes.Key = new byte[size];
            _ = aes.DecryptCbc(new byte[16], new byte[16], PaddingMode.None);
            _ = aes.DecryptEcb(new byte[16], PaddingMode.None);
            _ = aes.EncryptEcb(new byte[16], PaddingMode.None);
        }

        using var reader = XmlReader.Create(new StringReader("<a/>"));
        _ = reader.Read();
    }
}
