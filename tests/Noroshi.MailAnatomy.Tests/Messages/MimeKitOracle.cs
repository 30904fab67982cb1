using System.Globalization;
using System.Text;
using MimeKit;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Messages;

namespace Noroshi.MailAnatomy.Tests.Messages;

/// <summary>The parts of a mail as another reader sees them: place, subtype and decoded bytes of each leaf.</summary>
internal static class MimeKitOracle
{
    /// <summary>
    /// One leaf; the content of a mail in the mail is its raw bytes without the line ends behind it: MimeKit leaves the CR of the last one
    /// in when its buffer was moved in between.
    /// </summary>
    internal sealed record Leaf(string Path, string Kind, string Content)
    {
        public static Leaf Of(string path, string kind, ReadOnlySpan<byte> content) =>
            new(path, kind, Shown(kind == "mail" ? content.TrimEnd("\r\n"u8) : content));

        private static string Shown(ReadOnlySpan<byte> content) =>
            content.Length < 200
                ? Encoding.Latin1.GetString(content)
                : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content));
    }

    /// <summary>Leaves by MimeKit; null when it gives up.</summary>
    public static List<Leaf>? ByMimeKit(byte[] message)
    {
        using var stream = new MemoryStream(message, writable: false);
        var parser = new Offsets(new ParserOptions { MaxMimeDepth = MimeSplitter.MaxDepth }, stream);
        try
        {
            var leaves = new List<Leaf>();
            Walk(parser.ParseMessage().Body, "1", message, parser.Messages, leaves);
            return leaves;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Leaves by the splitter.</summary>
    public static List<Leaf> ByNoroshi(byte[] message)
    {
        var headers = RawHeaders.Parse(message, [], out var bodyOffset);
        var tree = MimeTree.Parse(message, MimeHead.Of(headers), bodyOffset, [], new Budget());
        return [.. tree.Leaves.Select((leaf, i) => Leaf.Of(leaf.Path, leaf.IsMail ? "mail" : leaf.Head.Subtype, tree.Contents[i].Span))];
    }

    private static void Walk(
        MimeEntity? entity,
        string path,
        byte[] message,
        Dictionary<MimeMessage, (long Begin, long End)> offsets,
        List<Leaf> leaves
    )
    {
        switch (entity)
        {
            case null:
                break;
            case Multipart multipart:
                for (var i = 0; i < multipart.Count; i++)
                {
                    Walk(multipart[i], string.Create(CultureInfo.InvariantCulture, $"{path}.{i + 1}"), message, offsets, leaves);
                }

                break;
            case MessagePart { Message: { } inner }:
                var (begin, end) = offsets[inner];
                leaves.Add(Leaf.Of(path, "mail", message.AsSpan((int)begin, (int)Math.Max(0, end - begin))));
                break;
            case MessagePart:
                leaves.Add(Leaf.Of(path, "mail", []));
                break;
            case MimePart part:
                using (var decoded = new MemoryStream())
                {
                    part.Content?.DecodeTo(decoded);
                    leaves.Add(Leaf.Of(path, part.ContentType.MediaSubtype, decoded.ToArray()));
                }

                break;
        }
    }

    private sealed class Offsets(ParserOptions options, Stream stream) : MimeParser(options, stream, MimeFormat.Entity, persistent: false)
    {
        public Dictionary<MimeMessage, (long Begin, long End)> Messages { get; } = new(ReferenceEqualityComparer.Instance);

        protected override void OnMimeMessageEnd(MimeMessageEndEventArgs args)
        {
            Messages[args.Message] = (args.BeginOffset, args.EndOffset);
            base.OnMimeMessageEnd(args);
        }
    }
}
