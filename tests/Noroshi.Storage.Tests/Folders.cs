using Noroshi.Storage.Keys;
using Noroshi.Storage.Sqlite;

namespace Noroshi.Storage.Tests;

/// <summary>A folder of a test: data, and the keys beside it.</summary>
internal sealed class Folders : IDisposable
{
    public Folders()
    {
        Root = Directory.CreateTempSubdirectory("noroshi-storage-").FullName;
    }

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string Key => Path.Combine(Root, "keys", "master-key");

    public string Register => Path.Combine(Root, "keys", StoreOptions.RegisterName);

    public StoreOptions Options(Disk? disk = null, TimeProvider? time = null) =>
        new()
        {
            DataFolder = Data,
            Keys = File.Exists(Key) ? MasterKeyFile.Load(Key, Data) : MasterKeyFile.Create(Key, Data),
            ErasureRegister = Register,
            Disk = disk ?? new Disk(),
            Time = time ?? TimeProvider.System,
        };

    public SqliteHubStore Open(Disk? disk = null, TimeProvider? time = null) => SqliteHubStore.Open(Options(disk, time));

    /// <summary>The data as a thief of the disk finds it, copied as it lies.</summary>
    public string CopyOfData(string name)
    {
        var target = Path.Combine(Root, name);
        foreach (var file in Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(target, Path.GetRelativePath(Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to) ?? target);
            File.Copy(file, to);
        }

        return target;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>A clock whose wall and monotonic sides are set by the test.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2013, 10, 17, 0, 0, 0, TimeSpan.Zero);

    public long Ticks { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time)
    {
        Now += time;
        Ticks += time.Ticks;
    }
}
