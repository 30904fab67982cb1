using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Macros;

/// <summary>VBA projects in a compound file (MS-OVBA): who made them, what they hold, what they run by themselves.</summary>
internal static class VbaProjects
{
    private const int MaxProjects = 8;
    private const int MaxModules = 256;
    private const int MaxModuleSource = 1 << 20;
    private const int MaxDirectory = 1 << 20;
    private const int MaxSource = 2 << 20;

    /// <summary>Looks into every project that is not within an embedded document.</summary>
    public static void Add(ref CompoundFile file, CompoundTree tree, DocumentFacts facts)
    {
        var projects = 0;
        foreach (var storage in tree.Storages)
        {
            if (projects < MaxProjects && IsProject(tree, storage) && !tree.IsWithinDocument(storage.Path))
            {
                projects++;
                facts.Trait(TraitKinds.Common.Macros, "vba", DocumentFacts.Visible(storage.Path));
                Project(ref file, tree, storage.Path, facts);
            }
        }
    }

    /// <summary>The storage that MS-OVBA 2.2.2 names VBA; in damaged files what lies in it tells.</summary>
    private static bool IsProject(CompoundTree tree, CompoundEntry storage) =>
        tree.Stream(storage.Path, "_VBA_PROJECT") is not null
        || (storage.Name.Equals("VBA", StringComparison.OrdinalIgnoreCase) && tree.Stream(storage.Path, "dir") is not null);

    private static void Project(ref CompoundFile file, CompoundTree tree, string path, DocumentFacts facts)
    {
        var where = DocumentFacts.Visible(path);
        var directory = Directory(ref file, tree, path, facts);
        Names(directory, $"{where}/dir", facts);
        var parent = path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";
        if (tree.Stream(parent, "PROJECT") is { } text)
        {
            Text(PropertySetReader.Decode(file.Read(text, 256 << 10), directory.CodePage), DocumentFacts.Visible(text.Path), facts);
        }

        var cache = tree.Stream(path, "_VBA_PROJECT") is { } entry ? file.Read(entry, 2 << 20) : [];
        new VbaCode(where, cache, facts).Judge(Modules(ref file, tree, path, directory, facts));
    }

    private static VbaDirectory Directory(ref CompoundFile file, CompoundTree tree, string path, DocumentFacts facts)
    {
        if (tree.Stream(path, "dir") is not { } entry)
        {
            return new VbaDirectory();
        }

        var unpacked = VbaCompression.Unpack(file.Read(entry, MaxDirectory), MaxDirectory, out var damaged);
        if (unpacked is null || damaged)
        {
            facts.Finding(FindingCodes.Macro.Damaged, DocumentFacts.Visible(entry.Path));
        }

        return VbaDirectory.Read(unpacked ?? []);
    }

    private static void Names(VbaDirectory directory, string where, DocumentFacts facts)
    {
        ProjectName(directory.Name, where, facts);
        facts.Trait(TraitKinds.Common.Comments, directory.Description, $"{where}/description");
        if (PathText.IsPersonal(directory.HelpFile))
        {
            facts.Trait(TraitKinds.Common.OriginalPath, directory.HelpFile, $"{where}/helpFile");
        }

        if (directory.Language > 0 && directory.Name.Length > 0)
        {
            facts.Trait(TraitKinds.Common.CodePage, directory.CodePage, where);
        }

        foreach (var reference in directory.References)
        {
            Reference(reference, $"{where}/references", facts);
        }
    }

    /// <summary>
    /// MS-OVBA 2.1.1.8: <c>*\G{GUID}#version#language#path#name</c> for libraries, <c>*\A</c> to <c>*\D</c> and a path for projects. The paths
    /// of controls lie in the temporary folder of whoever saved the project, and so name the user.
    /// </summary>
    private static void Reference(string reference, string where, DocumentFacts facts)
    {
        if (reference.Length < 4 || !reference.StartsWith(@"*\", StringComparison.Ordinal))
        {
            return;
        }

        var parts = reference.Split('#');
        var project = reference[2] is not ('G' or 'H');
        var path =
            project ? reference[3..]
            : parts.Length >= 4 ? parts[3]
            : "";
        if (PathText.IsRemote(path))
        {
            facts.Trait(TraitKinds.Common.ExternalTarget, path, where);
            facts.Text(path);
        }
        else if (PathText.IsPersonal(path))
        {
            facts.Trait(TraitKinds.Common.OriginalPath, path, where);
        }

        var name =
            project ? PathText.NameOf(path)
            : parts.Length >= 5 && parts[^1].Length > 0 ? parts[^1]
            : PathText.NameOf(path);
        facts.Trait(TraitKinds.Macro.Reference, name, where);
    }

    private static void ProjectName(string name, string where, DocumentFacts facts)
    {
        // Names that the program gives by itself say nothing about a person.
        if (name is not ("VBAProject" or "Project" or "TemplateProject" or "Normal"))
        {
            facts.Trait(TraitKinds.Macro.ProjectName, name, where);
        }
    }

    private static void Text(string text, string where, DocumentFacts facts)
    {
        var project = VbaProjectText.Read(text);
        if (project.Id != Guid.Empty)
        {
            facts.Trait(TraitKinds.Macro.ProjectId, project.Id.ToString("B").ToUpperInvariant(), where);
        }

        ProjectName(project.Name, where, facts);
        foreach (var module in project.Modules)
        {
            facts.Trait(TraitKinds.Macro.Module, module, where);
        }

        if (project.Protection.Count > 0)
        {
            var protection = string.Join(", ", project.Protection.Distinct(StringComparer.Ordinal));
            facts.Trait(TraitKinds.Macro.Protection, protection, where);
            facts.Finding(FindingCodes.Macro.Protected, $"{protection}: {where}");
        }
    }

    private static List<VbaSource> Modules(
        ref CompoundFile file,
        CompoundTree tree,
        string path,
        VbaDirectory directory,
        DocumentFacts facts
    )
    {
        var sources = new List<VbaSource>();
        var left = MaxSource;
        var named = directory.Modules.ToLookup(module => module.Stream, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in tree.In(path))
        {
            if (!entry.IsStream || IsOwn(entry.Name) || sources.Count >= MaxModules)
            {
                continue;
            }

            var bytes = file.Read(entry, 8 << 20);
            var module = named[entry.Name].FirstOrDefault();
            var offset = module is { Offset: >= 0 } ? module.Offset : FindSource(bytes);
            var source = Unpack(bytes, offset, Math.Min(left, MaxModuleSource));
            if (source is null && FindSource(bytes) is >= 0 and var found)
            {
                // The list points elsewhere than the source lies.
                offset = found;
                source = Unpack(bytes, offset, Math.Min(left, MaxModuleSource));
            }

            left -= source?.Length ?? 0;
            sources.Add(
                new VbaSource(
                    module?.Name ?? entry.Name,
                    Math.Clamp(offset, 0, bytes.Length),
                    source is null ? null : PropertySetReader.Decode(source, directory.CodePage)
                )
            );
        }

        if (left <= 0)
        {
            facts.Finding(FindingCodes.Compound.InnerLimit, DocumentFacts.Visible(path));
        }

        return sources;
    }

    private static bool IsOwn(string name) =>
        name.Equals("dir", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("_VBA_PROJECT", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("__SRP_", StringComparison.OrdinalIgnoreCase);

    private static byte[]? Unpack(byte[] bytes, int offset, int maxBytes)
    {
        if (offset < 0 || offset >= bytes.Length)
        {
            return null;
        }

        var unpacked = VbaCompression.Unpack(bytes.AsSpan(offset), maxBytes, out var damaged);
        return unpacked is { Length: 0 } || (damaged && unpacked is null or { Length: < 16 }) ? null : unpacked;
    }

    /// <summary>Each source begins with the same word, so that its container begins with the same bytes.</summary>
    private static int FindSource(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("\0Attribut"u8);
        return at >= 3 && bytes[at - 3] == 1 ? at - 3 : -1;
    }
}

/// <summary>A module's source.</summary>
/// <param name="Name">Name of the module.</param>
/// <param name="Compiled">Bytes before the source: the compiled form. Only their number is kept, as modules may share their sectors.</param>
/// <param name="Text">The source; null when there is none that can be unpacked.</param>
internal sealed record VbaSource(string Name, int Compiled, string? Text)
{
    /// <summary>The lines a person wrote: no attributes, no blanks.</summary>
    public string Code { get; } = Written(Text ?? "");

    /// <summary>SHA-256 of the code without blanks and letter case; null for too little code to mean anything.</summary>
    public string? Hash()
    {
        var bare = new StringBuilder(Code.Length);
        foreach (var letter in Code)
        {
            if (!char.IsWhiteSpace(letter))
            {
                bare.Append(char.ToLowerInvariant(letter));
            }
        }

        return bare.Length < 40 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bare.ToString())));
    }

    private static string Written(string text)
    {
        var code = new StringBuilder(text.Length);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var bare = line.Trim();
            if (!bare.IsEmpty && !bare.StartsWith("Attribute ", StringComparison.OrdinalIgnoreCase))
            {
                code.Append(line).Append('\n');
            }
        }

        return code.ToString();
    }
}
