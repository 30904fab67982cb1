using Noroshi.Storage;
using Noroshi.Storage.Keys;

namespace Noroshi.StorageBench;

/// <summary>A folder with a data folder, and its keys beside it.</summary>
internal sealed record Places(string Root)
{
    public string Data => Path.Combine(Root, "data");

    public string Key => Path.Combine(Root, "keys", "master-key");

    public string Register => Path.Combine(Root, "keys", StoreOptions.RegisterName);

    /// <summary>Options over these places as the hub's executable lays them out; the hub has made the key.</summary>
    public StoreOptions HubOptions() =>
        new()
        {
            DataFolder = Data,
            Keys = MasterKeyFile.Load(Key, Data),
            ErasureRegister = Data + ".erasures",
        };

    /// <summary>Options over these places; the key is made when there is none.</summary>
    public StoreOptions Options() =>
        new()
        {
            DataFolder = Data,
            Keys = File.Exists(Key) ? MasterKeyFile.Load(Key, Data) : MasterKeyFile.Create(Key, Data),
            ErasureRegister = Register,
        };
}
