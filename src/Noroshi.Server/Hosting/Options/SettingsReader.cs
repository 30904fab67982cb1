using System.Text.Json;
using Noroshi.Storage.Keys;

namespace Noroshi.Server.Hosting.Options;

/// <summary>What was said on the command line; null where nothing was.</summary>
internal sealed record ServeFlags
{
    /// <summary><c>--data</c>.</summary>
    public string? Data { get; init; }

    /// <summary><c>--config</c>.</summary>
    public string? Config { get; init; }

    /// <summary><c>--master-key</c>.</summary>
    public string? MasterKey { get; init; }

    /// <summary><c>--url</c>.</summary>
    public string? Url { get; init; }

    /// <summary><c>--smtp</c>.</summary>
    public string? Smtp { get; init; }

    /// <summary><c>--tls-cert</c>.</summary>
    public string? Certificate { get; init; }

    /// <summary><c>--tls-key</c>.</summary>
    public string? Key { get; init; }
}

/// <summary>
/// Puts the settings together: defaults, then <c>noroshi.json</c>, then the environment (<c>NOROSHI__HTTP__URL</c>), then the command line.
/// </summary>
internal static class SettingsReader
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "noroshi.json";

    private const string Prefix = "NOROSHI__";
    private const int MostBytes = 1024 * 1024;

    /// <summary>All settings.</summary>
    /// <param name="flags">The command line.</param>
    /// <param name="environment">One variable of the environment.</param>
    /// <param name="variables">Names of all variables of the environment.</param>
    /// <exception cref="SettingsException">Everything that is wrong.</exception>
    public static HubSettings Read(ServeFlags flags, Func<string, string?> environment, IEnumerable<string> variables)
    {
        var data = DataFolder(flags.Data, environment);
        var values = new List<(string Key, string? Value, string Place)>();
        var file = flags.Config ?? Path.Combine(data, FileName);
        if (flags.Config is not null && !File.Exists(file))
        {
            throw new SettingsException([
                new OptionProblem("", $"設定ファイルがありません: {file}", $"There is no configuration file {file}."),
            ]);
        }

        if (File.Exists(file))
        {
            values.AddRange(OfFile(file));
        }

        foreach (var name in variables.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            values.Add((name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), environment(name), name));
        }

        (string Key, string? Value, string Place)[] said =
        [
            ("Http:Url", flags.Url, "--url"),
            ("Smtp:Listen", flags.Smtp, "--smtp"),
            ("Tls:Certificate", flags.Certificate, "--tls-cert"),
            ("Tls:Key", flags.Key, "--tls-key"),
        ];
        values.AddRange(said.Where(one => one.Value is not null));
        var options = OptionTable.Read(values);
        return new HubSettings
        {
            DataFolder = data,
            MasterKeyFile = MasterKey(flags.MasterKey, data, environment),
            Url = options.Http.Url,
            Smtp = options.Smtp.Listen,
            Options = options,
        };
    }

    /// <summary>
    /// <c>--data</c>, else <c>NOROSHI_DATA</c>, else systemd's state folder, else the user's own data folder: <c>~/.local/share/noroshi/data</c>.
    /// </summary>
    public static string DataFolder(string? said, Func<string, string?> environment) =>
        Path.GetFullPath(
            said
                ?? Filled(environment("NOROSHI_DATA"))
                ?? (Filled(environment("STATE_DIRECTORY")) is { } state ? Path.Combine(state.Split(':')[0], "data") : null)
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "noroshi", "data")
        );

    /// <summary>
    /// <c>--master-key</c>, else <c>NOROSHI_MASTER_KEY_FILE</c>, else the credential of systemd, else a file of the data folder's name beside it:
    /// <c>data.master-key</c>. Never in the data folder, so that a copy of the data carries no key.
    /// </summary>
    public static string MasterKey(string? said, string dataFolder, Func<string, string?> environment) =>
        Path.GetFullPath(
            said
                ?? Filled(environment("NOROSHI_MASTER_KEY_FILE"))
                ?? MasterKeyFile.Credential(environment("CREDENTIALS_DIRECTORY"))
                ?? Path.TrimEndingDirectorySeparator(dataFolder) + ".master-key"
        );

    /// <summary>
    /// The register of erasures: beside the data folder (<c>data.erasures</c>), wherever the master key comes from. No backup holds it.
    /// </summary>
    public static string ErasureRegister(HubSettings settings) => Path.TrimEndingDirectorySeparator(settings.DataFolder) + ".erasures";

    private static IEnumerable<(string Key, string? Value, string Place)> OfFile(string file)
    {
        if (new FileInfo(file).Length > MostBytes)
        {
            throw new SettingsException([
                new OptionProblem(
                    "",
                    $"{file}: 設定ファイルが大きすぎます(最大1MiB)。",
                    $"{file}: a configuration file has at most 1 MiB."
                ),
            ]);
        }

        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(file),
                new JsonDocumentOptions
                {
                    AllowDuplicateProperties = false,
                    CommentHandling = JsonCommentHandling.Skip,
                    AllowTrailingCommas = true,
                    MaxDepth = 8,
                }
            );
            return [.. Flatten(document.RootElement, "", file)];
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([
                new OptionProblem(
                    "",
                    $"{file}: 読めません({error.Message})。JSONの形を確かめてください。",
                    $"{file}: cannot be read ({error.Message}). Check that it is JSON."
                ),
            ]);
        }
    }

    private static IEnumerable<(string Key, string? Value, string Place)> Flatten(JsonElement element, string key, string place)
    {
        var start = key.Length == 0 ? "" : key + ":";
        return element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(one => Flatten(one.Value, start + one.Name, place)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany((one, i) => Flatten(one, $"{start}{i}", place)),
            JsonValueKind.String => [(key, element.GetString(), place)],
            JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False =>
            [
                (key, element.GetRawText(), place),
            ],
        };
    }

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
