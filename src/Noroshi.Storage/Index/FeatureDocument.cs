using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Index;

/// <summary>The features of a mail as a sealed document: nonce, cipher text, tag (AES-256-GCM), bound to the mail's number.</summary>
internal static class FeatureDocument
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const byte Version = 1;

    /// <summary>Writes and seals.</summary>
    public static byte[] Seal(MailFeatures mail, int number, AesGcm key)
    {
        using var stream = new MemoryStream(2_048);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            Write(mail, writer);
        }

        var plain = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        var box = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        key.Encrypt(
            box.AsSpan(0, NonceSize),
            plain,
            box.AsSpan(NonceSize, plain.Length),
            box.AsSpan(NonceSize + plain.Length),
            BitConverter.GetBytes(number)
        );
        return box;
    }

    /// <summary>Opens and reads.</summary>
    /// <exception cref="EvidenceDamagedException">It is not as it was written.</exception>
    public static MailFeatures Open(ReadOnlySpan<byte> box, int number, AesGcm key)
    {
        if (box.Length <= NonceSize + TagSize)
        {
            throw new EvidenceDamagedException($"The index entry {number} is cut off: rebuild the index.");
        }

        var plain = new byte[box.Length - NonceSize - TagSize];
        try
        {
            key.Decrypt(box[..NonceSize], box.Slice(NonceSize, plain.Length), box[^TagSize..], plain, BitConverter.GetBytes(number));
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new EvidenceDamagedException($"The index entry {number} was changed: rebuild the index.", error);
        }

        using var reader = new BinaryReader(new MemoryStream(plain), Encoding.UTF8);
        return Read(reader);
    }

    private static void Write(MailFeatures mail, BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(mail.Key);
        writer.Write(mail.Exchange);
        writer.Write(mail.UniqueId);
        WriteText(writer, mail.Organization);
        WriteText(writer, mail.Window);
        writer.Write(mail.ReceivedAt is not null);
        if (mail.ReceivedAt is { } at)
        {
            writer.Write(at.Ticks);
            writer.Write((short)at.Offset.TotalMinutes);
        }

        writer.Write(mail.FirstContact);
        writer.Write7BitEncodedInt(mail.Payloads.Count);
        foreach (var payload in mail.Payloads)
        {
            writer.Write(payload);
        }

        writer.Write7BitEncodedInt(mail.Sketch.Count);
        foreach (var hash in mail.Sketch)
        {
            writer.Write(hash);
        }

        writer.Write7BitEncodedInt(mail.Features.Count);
        foreach (var feature in mail.Features)
        {
            writer.Write((byte)feature.Family);
            writer.Write(feature.Kind);
            writer.Write(feature.Value);
            writer.Write(feature.Id);
        }
    }

    private static MailFeatures Read(BinaryReader reader)
    {
        if (reader.ReadByte() != Version)
        {
            throw new EvidenceDamagedException("The index has another form: rebuild it.");
        }

        return new MailFeatures
        {
            Key = reader.ReadString(),
            Exchange = reader.ReadString(),
            UniqueId = reader.ReadUInt64(),
            Organization = ReadText(reader),
            Window = ReadText(reader),
            ReceivedAt = reader.ReadBoolean() ? new DateTimeOffset(reader.ReadInt64(), TimeSpan.FromMinutes(reader.ReadInt16())) : null,
            FirstContact = reader.ReadBoolean(),
            Payloads = ReadMany(reader, one => one.ReadString()),
            Sketch = ReadMany(reader, one => one.ReadUInt64()),
            Features = ReadMany(
                reader,
                one => Feature.Known((EvidenceFamily)one.ReadByte(), string.Intern(one.ReadString()), one.ReadString(), one.ReadUInt64())
            ),
        };
    }

    private static T[] ReadMany<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var many = new T[reader.Read7BitEncodedInt()];
        for (var i = 0; i < many.Length; i++)
        {
            many[i] = read(reader);
        }

        return many;
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
