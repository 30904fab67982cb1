using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>A library that a program imports from.</summary>
/// <param name="Name">Name as stored.</param>
/// <param name="Functions">Names; <c>ord</c> and a number for those that have none.</param>
internal sealed record PeImport(string Name, IReadOnlyList<string> Functions);

/// <summary>Import tables, in the way and with the hash that the field agreed on.</summary>
internal static class PeImports
{
    private const int MaxLibraries = 512;
    private const int MaxFunctions = 8_192;
    private const int MaxName = 512;
    private const int MaxErrors = 5;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._?@$()<>"
    );

    private static readonly SearchValues<char> LibraryCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'()-@^_`{}~+,.;=[]\\/"
    );

    /// <summary>Libraries and functions that are loaded with the program, in stored order.</summary>
    public static IReadOnlyList<PeImport> Read(PeFile pe)
    {
        var imports = new List<PeImport>();
        var (address, _) = pe.Directory(PeFile.Imports);
        var (left, errors) = (MaxFunctions, 0);
        for (var i = 0; address != 0 && i < MaxLibraries && errors <= MaxErrors; i++)
        {
            var entry = pe.At(address + (uint)(20 * i), 20);
            if (entry.Length < 20 || entry.IndexOfAnyExcept((byte)0) < 0)
            {
                break;
            }

            var name = pe.Text(entry.U32(12), MaxName);
            name = name is null || name.AsSpan().ContainsAnyExcept(LibraryCharacters) ? "*invalid*" : name;
            var functions = Functions(pe, entry.U32(0), name, ref left);
            if (functions.Count == 0)
            {
                functions = Functions(pe, entry.U32(16), name, ref left);
            }

            if (functions.Count == 0)
            {
                errors++;
            }
            else if (name.Length > 0)
            {
                imports.Add(new PeImport(name, functions));
            }
        }

        return imports;
    }

    /// <summary>Libraries that are loaded when first used.</summary>
    public static IReadOnlyList<PeImport> ReadDelayed(PeFile pe)
    {
        var imports = new List<PeImport>();
        var (address, _) = pe.Directory(PeFile.DelayImports);
        var left = MaxFunctions;
        for (var i = 0; address != 0 && i < MaxLibraries; i++)
        {
            var entry = pe.At(address + (uint)(32 * i), 32);
            if (entry.Length < 32 || entry.U32(4) == 0)
            {
                break;
            }

            // Old tools stored whole addresses instead of relative ones.
            var start = (entry.U32(0) & 1) != 0 ? 0u : (uint)pe.ImageBase;
            var name = pe.Text(entry.U32(4) - start, MaxName);
            if (name is null || name.AsSpan().ContainsAnyExcept(LibraryCharacters))
            {
                break;
            }

            imports.Add(new PeImport(name, Functions(pe, entry.U32(16) - start, name, ref left)));
        }

        return imports;
    }

    /// <summary>The hash of imports: MD5 over <c>library.function</c> in small letters, joined by commas; null when nothing is imported.</summary>
    public static string? Hash(IReadOnlyList<PeImport> imports)
    {
        if (imports.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var import in imports)
        {
            var library = import.Name.ToLowerInvariant();
            var dot = library.LastIndexOf('.');
            if (dot >= 0 && library[(dot + 1)..] is "dll" or "ocx" or "sys")
            {
                library = library[..dot];
            }

            foreach (var function in import.Functions)
            {
                text.Append(text.Length == 0 ? "" : ",").Append(library).Append('.').Append(function.ToLowerInvariant());
            }
        }

        return Convert.ToHexStringLower(MD5.HashData(Encoding.Latin1.GetBytes(text.ToString())));
    }

    private static List<string> Functions(PeFile pe, uint table, string library, ref int left)
    {
        var functions = new List<string>();
        var width = pe.Wide ? 8 : 4;
        var lower = library.ToLowerInvariant();
        // The table lies in one piece: looked up once.
        var bytes = table == 0 ? [] : pe.At(table, (long)(MaxFunctions + 1) * width);
        for (var at = 0; at + width <= bytes.Length && left > 0; at += width)
        {
            var value = pe.Wide ? bytes.U64(at) : bytes.U32(at);
            if (value == 0)
            {
                break;
            }

            left--;
            if (value >> ((8 * width) - 1) != 0)
            {
                if ((value & 0xFFFF) != 0)
                {
                    functions.Add(OrdinalNames.Of(lower, (int)(value & 0xFFFF)));
                }
            }
            else if (value > uint.MaxValue || pe.Text((uint)value + 2, MaxName) is not { Length: > 0 } name)
            {
                // A name outside the file: whatever follows is no table.
                break;
            }
            else if (!name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                functions.Add(name);
            }
        }

        return functions;
    }
}
