using Noroshi.Hub.Intake;

namespace Noroshi.Server.Analysis;

/// <summary>A file to read, with what is known of it before.</summary>
/// <param name="FullPath">Where to read it.</param>
/// <param name="Provenance">File name in results, organisation, window.</param>
internal sealed record Input(string FullPath, Provenance Provenance);

/// <summary>Finds the inputs of a run: by manifest, by the folder convention <c>ORGANISATION/WINDOW/**</c>, or single files.</summary>
internal static class InputScan
{
    private static readonly string[] MailExtensions = [".eml", ".msg", ".mbox", ".zip"];

    /// <summary>Inputs in the order of their names (ordinal). A manifest's lines come with what they state.</summary>
    /// <exception cref="FileNotFoundException">A path or a manifest's file does not exist.</exception>
    public static List<Input> Find(IReadOnlyList<string> paths, string? manifestPath, Members? members)
    {
        var inputs = new List<Input>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (manifestPath is not null)
        {
            AddManifest(manifestPath, members, inputs, seen);
        }

        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                AddFolder(Path.GetFullPath(path), members, inputs, seen);
            }
            else if (File.Exists(path))
            {
                Add(Path.GetFullPath(path), new Provenance(Path.GetFileName(path), null, null, null, null), inputs, seen);
            }
            else
            {
                throw new FileNotFoundException(path, path);
            }
        }

        inputs.Sort((a, b) => string.CompareOrdinal(a.Provenance.File, b.Provenance.File));
        return inputs;
    }

    private static void AddManifest(string manifestPath, Members? members, List<Input> inputs, HashSet<string> seen)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath)) ?? "/";
        foreach (var line in Manifest.Read(File.ReadLines(manifestPath)))
        {
            if (line.File is null)
            {
                continue;
            }

            var full = Path.GetFullPath(Path.Combine(folder, line.File));
            if (!File.Exists(full))
            {
                throw new FileNotFoundException(line.File, line.File);
            }

            Add(full, new Provenance(line.File, members?.Find(line.Organization), line.Organization, line.Window, line), inputs, seen);
        }
    }

    private static void AddFolder(string root, Members? members, List<Input> inputs, HashSet<string> seen)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            IgnoreInaccessible = false,
        };
        foreach (var full in Directory.EnumerateFiles(root, "*", options))
        {
            if (!MailExtensions.Contains(Path.GetExtension(full), StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            var relative = Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/');
            var parts = relative.Split('/');
            var organization = parts.Length > 1 ? parts[0] : null;
            var window = parts.Length > 2 ? parts[1] : null;
            Add(full, new Provenance(relative, members?.Find(organization), organization, window, null), inputs, seen);
        }
    }

    private static void Add(string full, Provenance provenance, List<Input> inputs, HashSet<string> seen)
    {
        if (seen.Add(full))
        {
            inputs.Add(new Input(full, provenance));
        }
    }
}
