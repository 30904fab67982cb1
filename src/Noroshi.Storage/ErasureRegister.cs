using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage;

/// <summary>One order that was carried out or is about to be.</summary>
internal sealed record RegisteredErasure(Guid Id, Guid Provision, int Classes, long At);

/// <summary>
/// The register of erasures: a text file outside the data folder, a line an order, each with a MAC. An order is written here, durably, before its keys
/// are destroyed; at every start the orders that the database does not know (a crash in between, or a folder from an older backup) are carried
/// out. It names random ids only.
/// </summary>
internal sealed class ErasureRegister
{
    private const string Start = "noroshi-erasures-1";
    private readonly string _path;
    private readonly byte[] _key;
    private readonly string _store;
    private readonly Disk _disk;
    private readonly Lock _lock = new();

    private ErasureRegister(string path, byte[] key, string store, Disk disk)
    {
        _path = path;
        _key = key;
        _store = store;
        _disk = disk;
    }

    /// <summary>Makes the register of a new store, or one anew from what the database knows.</summary>
    public static ErasureRegister Create(string path, byte[] key, string store, Disk disk, IReadOnlyList<RegisteredErasure> known)
    {
        var register = new ErasureRegister(path, key, store, disk);
        disk.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        disk.WriteDurably(
            path,
            Encoding.ASCII.GetBytes(register.Head() + string.Concat(known.Select(register.Line))),
            UnixFileMode.UserRead | UnixFileMode.UserWrite
        );
        return register;
    }

    /// <summary>Opens the register and reads it; half a last line, which nobody was told of, is removed.</summary>
    /// <exception cref="DataFolderException">Missing, of another store, or changed.</exception>
    public static (ErasureRegister Register, IReadOnlyList<RegisteredErasure> Orders) Open(string path, byte[] key, string store, Disk disk)
    {
        var register = new ErasureRegister(path, key, store, disk);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFolderException(
                $"The register of erasures is missing: there is no {path}. It says what must stay erased; put it back from where it is kept. "
                    + "If it is lost for good, it can be made anew from the database.",
                error
            );
        }

        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        if (whole < bytes.Length)
        {
            disk.WriteDurably(path, bytes.AsSpan(0, whole), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var lines = Encoding.ASCII.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] + "\n" != register.Head())
        {
            throw new DataFolderException($"{path} is not the register of erasures of this store ({store}).");
        }

        return (register, [.. lines.Skip(1).Select((line, i) => register.Parse(line, i + 2))]);
    }

    /// <summary>Adds an order; durable on return.</summary>
    public void Add(RegisteredErasure order)
    {
        lock (_lock)
        {
            try
            {
                using var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
                file.Seek(0, SeekOrigin.End);
                file.Write(Encoding.ASCII.GetBytes(Line(order)));
                _disk.Sync(file.SafeFileHandle);
            }
            catch (IOException error) when (Disk.IsFull(error))
            {
                throw new StorageFullException("The disk of the register of erasures is full.", error);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new StorageException($"The register of erasures {_path} cannot be written: {error.Message}", error);
            }
        }
    }

    private string Head() => $"{Start} {_store}\n";

    private string Line(RegisteredErasure order)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{order.Id:N} {order.Provision:N} {order.Classes} {order.At}");
        return $"{text} {Mac(text)}\n";
    }

    private RegisteredErasure Parse(string line, int number)
    {
        var parts = line.Split(' ');
        if (
            parts.Length == 5
            && parts[4] == Mac(string.Join(' ', parts[..4]))
            && Guid.TryParseExact(parts[0], "N", out var id)
            && Guid.TryParseExact(parts[1], "N", out var provision)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var classes)
            && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        )
        {
            return new RegisteredErasure(id, provision, classes, at);
        }

        throw new DataFolderException($"{_path}, line {number}: the register of erasures was changed.");
    }

    private string Mac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text))[..16]);
}
