using Noroshi.MailAnatomy.FileTypes.Compound;

namespace Noroshi.MailAnatomy.FileTypes.Macros;

/// <summary>A VBA project by itself: what Office Open XML documents keep as <c>vbaProject.bin</c>, and what PowerPoint packs into its stream.</summary>
internal sealed class VbaProjectFamily : ICompoundFamily
{
    private static readonly FileTypeMatch Project = new(FileType.Office, "vba-project", []);

    /// <inheritdoc/>
    public int Priority => 90;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ref CompoundFile file) =>
        file.Find("VBA/dir") is { IsStream: true } || file.Find("VBA/_VBA_PROJECT") is { IsStream: true } ? Project : null;
}
