using Noroshi.Server.Hosting;

namespace Noroshi.Server.Identity;

/// <summary>
/// What lets the first person in: made when the hub is empty, shown once at the start and kept in a file that only the owner of the data folder
/// reads; gone as soon as it was used.
/// </summary>
internal sealed class SetupToken(HubSettings settings, Users users)
{
    /// <summary>The file in the data folder.</summary>
    public string File => Path.Combine(settings.DataFolder, "setup-token");

    /// <summary>The token of an empty hub, made when there is none yet; null when the hub is set up.</summary>
    public async Task<string?> PrepareAsync(CancellationToken cancellation)
    {
        if (!users.None)
        {
            Remove();
            return null;
        }

        if (Read() is { Length: >= 40 } found)
        {
            return found;
        }

        Remove();
        var token = Secrets.NewToken();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new StreamWriter(File, options);
        await file.WriteLineAsync(token.AsMemory(), cancellation);
        return token;
    }

    /// <summary>Whether it is the token. A file that is gone fits nothing.</summary>
    public bool Fits(string? sent) => sent is not null && Read() is { Length: >= 40 } token && Secrets.Same(token, sent);

    /// <summary>Ends it.</summary>
    public void Remove() => System.IO.File.Delete(File);

    private string? Read() => System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File).Trim() : null;
}
