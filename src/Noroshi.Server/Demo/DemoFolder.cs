using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Demo;

/// <summary>What a folder is to a demo.</summary>
internal enum DemoFolderKind
{
    /// <summary>Not there, or empty: a world can be built in it.</summary>
    Fresh,

    /// <summary>Holds a whole world.</summary>
    Whole,

    /// <summary>Holds a world whose building was interrupted.</summary>
    Unfinished,

    /// <summary>Holds something else, a real hub perhaps.</summary>
    Foreign,
}

/// <summary>What stands in a demo's folder beside the data.</summary>
/// <param name="Schema">Form of the file.</param>
/// <param name="Whole">Whether the world is whole.</param>
internal sealed record DemoMark(string Schema, bool Whole);

/// <summary>JSON of the mark.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoMark))]
internal sealed partial class DemoJson : JsonSerializerContext;

/// <summary>Tells a demo's folder from a real hub's: the one is never served as the other.</summary>
internal static class DemoFolder
{
    private const string FileName = "demo.json";
    private const string Schema = "noroshi.demo/1";

    /// <summary>What a folder is.</summary>
    public static DemoFolderKind KindOf(string folder) =>
        Read(folder) is { } mark ? (mark.Whole ? DemoFolderKind.Whole : DemoFolderKind.Unfinished)
        : Path.Exists(folder) && (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any()) ? DemoFolderKind.Foreign
        : DemoFolderKind.Fresh;

    /// <summary>Marks a folder as a demo's.</summary>
    public static void Mark(string folder, bool whole)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, FileName);
        // In one piece: a mark that is half written would make the folder nobody's.
        File.WriteAllBytes(file + ".new", JsonSerializer.SerializeToUtf8Bytes(new DemoMark(Schema, whole), DemoJson.Default.DemoMark));
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Refuses to serve a demo's folder as a real hub.</summary>
    /// <exception cref="SettingsException">It is a demo's.</exception>
    public static void RefuseAsHub(string folder)
    {
        if (Read(folder) is not null)
        {
            throw new SettingsException([
                new OptionProblem(
                    "",
                    $"{folder} はデモのデータです。実際のハブとしては動かせません。noroshi demo --data で開くか、別のフォルダを指定してください。",
                    $"{folder} holds a demo, which is never served as a real hub. Open it with noroshi demo --data, or name another folder."
                ),
            ]);
        }
    }

    private static DemoMark? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), DemoJson.Default.DemoMark) : null;
        }
        catch (JsonException)
        {
            return new DemoMark(Schema, Whole: false);
        }
    }
}
