using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Keys;

/// <summary>
/// The file that holds the master keys, outside the data folder: one line a key, the last is the active one. Mode 0600, or a credential that
/// systemd hands over (<c>LoadCredential=noroshi-master-key:…</c>).
/// </summary>
public static class MasterKeyFile
{
    /// <summary>Name of the systemd credential.</summary>
    public const string CredentialName = "noroshi-master-key";

    private const string LineStart = "noroshi-master-key-1:";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Path of the credential that systemd handed over; null when there is none.</summary>
    /// <param name="credentialsDirectory">Value of <c>CREDENTIALS_DIRECTORY</c>.</param>
    public static string? Credential(string? credentialsDirectory) =>
        !string.IsNullOrEmpty(credentialsDirectory) && Path.Combine(credentialsDirectory, CredentialName) is var path && File.Exists(path)
            ? path
            : null;

    /// <summary>Makes a file with one new key. An existing file is never written over.</summary>
    /// <exception cref="MasterKeyException">There is a file already, or the place is inside the data folder.</exception>
    public static MasterKeyRing Create(string path, string dataFolder)
    {
        RefuseInside(path, dataFolder);
        if (File.Exists(path))
        {
            throw new MasterKeyException($"{path} exists already; a master key is never written over.");
        }

        Write(path, [new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size))]);
        return Load(path, dataFolder);
    }

    /// <summary>Adds a new key, which becomes the active one; the store is rotated next.</summary>
    public static MasterKeyRing Add(string path, string dataFolder)
    {
        var ring = Load(path, dataFolder);
        Write(path, [.. ring.All, new MasterKey(RandomNumberGenerator.GetBytes(MasterKey.Size))]);
        return Load(path, dataFolder);
    }

    /// <summary>Removes all keys but the active one, when the rotation has ended and no backup needs the older ones.</summary>
    public static MasterKeyRing RemoveOlder(string path, string dataFolder)
    {
        var ring = Load(path, dataFolder);
        Write(path, [ring.Active]);
        return Load(path, dataFolder);
    }

    /// <summary>Reads the keys.</summary>
    /// <exception cref="MasterKeyException">
    /// Missing, not of the form, readable for others, or inside the data folder, where every copy of the data would carry its key.
    /// </exception>
    public static MasterKeyRing Load(string path, string dataFolder)
    {
        RefuseInside(path, dataFolder);
        string text;
        try
        {
            // systemd's own folder lets the service's group read; elsewhere the file is the owner's alone.
            if (!IsCredential(path) && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                throw new MasterKeyException($"{path} can be read by others: chmod 600 {path}");
            }

            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MasterKeyException(
                $"The master key is missing: there is no {path}. It is not part of the data folder nor of a backup; put it back from where it is kept. "
                    + "Without it the data cannot be read by anybody.",
                error
            );
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new MasterKeyException($"The master key {path} cannot be read: {error.Message}", error);
        }

        return new MasterKeyRing(Parse(text, path), path);
    }

    private static List<MasterKey> Parse(string text, string path)
    {
        var keys = new List<MasterKey>();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            var parts = line.Split(':');
            var bytes = new byte[MasterKey.Size + 3];
            if (
                parts.Length != 3
                || !line.StartsWith(LineStart, StringComparison.Ordinal)
                || !Convert.TryFromBase64String(parts[2], bytes, out var length)
                || length != MasterKey.Size
            )
            {
                throw new MasterKeyException($"{path}, line {number}: not a master key line.");
            }

            var key = new MasterKey(bytes.AsSpan(0, length));
            if (key.Name != parts[1])
            {
                throw new MasterKeyException($"{path}, line {number}: the key does not fit its id {parts[1]}; the line was changed.");
            }

            keys.Add(key);
        }

        return keys;
    }

    private static void Write(string path, IEnumerable<MasterKey> keys)
    {
        var text = new StringBuilder("# Master keys of Noroshi, the last one is active. Keep a copy apart from data and backups.\n");
        foreach (var key in keys)
        {
            text.Append(LineStart).Append(key.Name).Append(':').Append(Convert.ToBase64String(key.Bytes)).Append('\n');
        }

        var disk = new Disk();
        disk.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        disk.WriteDurably(path, Encoding.ASCII.GetBytes(text.ToString()), OwnerOnly);
    }

    private static bool IsCredential(string path) =>
        Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder
        && string.Equals(
            Path.GetDirectoryName(Path.GetFullPath(path)),
            Path.TrimEndingDirectorySeparator(folder),
            StringComparison.Ordinal
        );

    internal static void RefuseInside(string path, string dataFolder)
    {
        var inside = Resolve(dataFolder) + Path.DirectorySeparatorChar;
        if (Resolve(path).StartsWith(inside, StringComparison.Ordinal))
        {
            throw new MasterKeyException(
                $"{path} lies in the data folder {dataFolder}: every copy of the data would carry it. Keep it elsewhere."
            );
        }
    }

    /// <summary>The path with the links of its folders followed, as far as they exist.</summary>
    private static string Resolve(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var rest = new Stack<string>();
        var folder = full;
        while (!Path.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            rest.Push(Path.GetFileName(folder));
            folder = parent;
        }

        var resolved = "/";
        foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries).Concat(rest))
        {
            var next = Path.Combine(resolved, part);
            FileSystemInfo info = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            resolved = (Path.Exists(next) ? info.ResolveLinkTarget(returnFinalTarget: true)?.FullName : null) ?? next;
        }

        return resolved;
    }
}
