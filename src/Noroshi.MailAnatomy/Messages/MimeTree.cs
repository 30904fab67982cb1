using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>The MIME tree flattened into what the dissection needs.</summary>
internal sealed class MimeTree
{
    private MimeTree(MimeHead head, MimeSplitter parts)
    {
        Leaves = parts.Leaves;
        Shape = parts.Shape;
        if (head.Type.Equals("multipart", StringComparison.OrdinalIgnoreCase))
        {
            Boundary = head.Parameters.GetValueOrDefault("boundary");
            Multipart = head.Subtype.ToLowerInvariant();
        }
    }

    /// <summary>Leaves in the order of the mail.</summary>
    public List<MimeLeaf> Leaves { get; }

    /// <summary>Decoded content of each leaf, in the order of <see cref="Leaves"/>; what is not encoded is a view of the mail.</summary>
    public List<ReadOnlyMemory<byte>> Contents { get; } = [];

    /// <summary>The tree as text, <c>mixed(alternative(plain,html),rar)</c>.</summary>
    public string Shape { get; }

    /// <summary>Boundary of the outermost multipart.</summary>
    public string? Boundary { get; }

    /// <summary>Outermost multipart subtype, lower case; null for a single part.</summary>
    public string? Multipart { get; }

    /// <summary>Cuts a mail into its leaves and decodes them.</summary>
    /// <param name="message">The mail.</param>
    /// <param name="head">What its header block says.</param>
    /// <param name="bodyOffset">Where its body starts.</param>
    /// <param name="findings">Gets what was noticed.</param>
    /// <param name="budget">Bounds the number of leaves.</param>
    public static MimeTree Parse(ReadOnlyMemory<byte> message, MimeHead head, int bodyOffset, List<Finding> findings, Budget budget)
    {
        var parts = new MimeSplitter(message, budget);
        parts.Run(head, bodyOffset);
        findings.AddRange(parts.Findings);
        var tree = new MimeTree(head, parts);
        foreach (var leaf in tree.Leaves)
        {
            tree.Contents.Add(leaf.IsMail ? leaf.Content : TransferCoding.Decode(leaf.Content, leaf.Head.Encoding, leaf.Path, findings));
        }

        return tree;
    }
}
