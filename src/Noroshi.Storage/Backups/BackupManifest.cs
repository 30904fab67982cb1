using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Fsck;

namespace Noroshi.Storage.Backups;

/// <summary>What a backup says of itself, in <c>manifest.json</c>. The master key and the register of erasures are never part of it.</summary>
public sealed record BackupManifest
{
    /// <summary>The form.</summary>
    public const string CurrentFormat = "noroshi-backup/1";

    internal const string FileName = "manifest.json";

    /// <summary>Form of the backup.</summary>
    public required string Format { get; init; }

    /// <summary>Id of the store.</summary>
    public required string Store { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Number of the schema.</summary>
    public required int Schema { get; init; }

    /// <summary>Ids of the master keys that its restore needs.</summary>
    public required IReadOnlyList<string> MasterKeys { get; init; }

    /// <summary>SHA-256 of the database file.</summary>
    public required string DatabaseSha256 { get; init; }

    /// <summary>What it holds.</summary>
    public required StoreCounts Counts { get; init; }

    /// <summary>The journal's checkpoint at that moment.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Objects that were erased while it was made.</summary>
    public required long ErasedMeanwhile { get; init; }

    /// <summary>Objects whose file was missing in the store although nobody erased them.</summary>
    public required long Missing { get; init; }

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="DataFolderException">Not a backup, cut off, or of a form that this version does not know.</exception>
    internal static BackupManifest Read(string folder)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, FileName)), BackupJson.Default.BackupManifest);
            return manifest is { Format: CurrentFormat }
                ? manifest
                : throw new DataFolderException($"{folder} is a backup of a form that this version does not know.");
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"{folder} is not a whole backup: {error.Message}", error);
        }
    }

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, MaxDepth = 8)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
