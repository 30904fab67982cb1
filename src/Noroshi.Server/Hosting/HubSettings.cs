using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Hosting;

/// <summary>Where a hub runs and listens.</summary>
internal sealed record HubSettings
{
    /// <summary>The data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>File of the master keys, outside the data folder.</summary>
    public required string MasterKeyFile { get; init; }

    /// <summary>Addresses to listen on, with <c>;</c> between them: <c>http://127.0.0.1:0</c> takes a free port.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8080";

    /// <summary><c>address:port</c> of the SMTP listener; null: none.</summary>
    public string? Smtp { get; init; }

    /// <summary>Everything that can be set.</summary>
    public HubOptions Options { get; init; } = new();
}
