using MimeKit;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>A leaf of the MIME tree, or a mail in the mail, with where its bytes stand.</summary>
/// <param name="Entity">The parsed entity.</param>
/// <param name="Raw">Raw bytes of a message/rfc822 body; empty for other leaves.</param>
/// <param name="Path">Position in the tree, <c>1.2</c>.</param>
internal sealed record MimeLeaf(MimeEntity Entity, ReadOnlyMemory<byte> Raw, string Path);

/// <summary>A parser that remembers where each contained mail begins and ends, so that its raw bytes stay evidence.</summary>
internal sealed class OffsetParser(ParserOptions options, Stream stream, MimeFormat format)
    : MimeParser(options, stream, format, persistent: true)
{
    /// <summary>Offsets of the contained messages in the stream.</summary>
    public Dictionary<MimeMessage, (long Begin, long End)> Messages { get; } = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    protected override void OnMimeMessageEnd(MimeMessageEndEventArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        Messages[args.Message] = (args.BeginOffset, args.EndOffset);
        base.OnMimeMessageEnd(args);
    }
}
