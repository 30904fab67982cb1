using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>
/// Knows a family of file types by content. One sealed class with a parameterless constructor per family: it is found by itself, so a
/// new type is one new file.
/// </summary>
public interface IFileTypeRecogniser
{
    /// <summary>Lower is asked first; exact signatures use 100, guesses at text 900.</summary>
    int Priority { get; }

    /// <summary>The type of the bytes, null when they are none of this family. Never throws on bytes.</summary>
    FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Looks into a file that <see cref="Recognise"/> matched and adds traits, findings, indicators and inner files. Never throws on bytes.
    /// </summary>
    void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection) { }
}

/// <summary>A type by content.</summary>
/// <param name="Type">Kind.</param>
/// <param name="Format">Format within the kind.</param>
/// <param name="Extensions">Extensions (lower case, no dot) that honest files of this format have; empty when any will do.</param>
public sealed record FileTypeMatch(FileType Type, string Format, IReadOnlyList<string> Extensions)
{
    /// <summary>Needs a password.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Encryption.</summary>
    public string? Encryption { get; init; }

    /// <summary>Version the file states.</summary>
    public string? FormatVersion { get; init; }
}

/// <summary>Collects what an inspection finds.</summary>
public sealed class FileInspection
{
    /// <summary>Budget of the whole dissection: whoever unpacks something in order to look at it takes the bytes from here.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>Typed facts.</summary>
    public List<Trait> Traits { get; } = [];

    /// <summary>What was noticed.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Files inside the file (objects in a document, a payload behind a program).</summary>
    public List<ContainerEntry> Inner { get; } = [];

    /// <summary>Text in which indicators are looked for (links of a shortcut, source of a script).</summary>
    public List<string> Texts { get; } = [];

    /// <summary>The icon shows another type than the content is.</summary>
    public bool IconOfAnotherType { get; set; }
}

/// <summary>All recognisers, lowest priority number first.</summary>
public static class FileTypeTable
{
    /// <summary>Every recogniser.</summary>
    public static IReadOnlyList<IFileTypeRecogniser> All { get; } = Plugins.Find<IFileTypeRecogniser>(type => type.Priority);

    /// <summary>The first recogniser that knows the bytes and what it says; null when none does.</summary>
    public static (IFileTypeRecogniser Recogniser, FileTypeMatch Match)? Recognise(
        ReadOnlySpan<byte> bytes,
        int belowPriority = int.MaxValue
    )
    {
        foreach (var recogniser in All)
        {
            if (recogniser.Priority < belowPriority && recogniser.Recognise(bytes) is { } match)
            {
                return (recogniser, match);
            }
        }

        return null;
    }
}
