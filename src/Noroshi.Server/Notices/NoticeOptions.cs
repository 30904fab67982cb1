namespace Noroshi.Server.Notices;

/// <summary>How the hub's own mail leaves. The relay's password is not here: it is a sealed secret of the store.</summary>
internal sealed record NoticeOptions
{
    /// <summary>Area and name of the relay's password among the store's secrets.</summary>
    public const string SecretArea = "relay";

    /// <summary>Name of the password.</summary>
    public const string SecretName = "password";

    /// <summary>Host of the relay; null: nothing is sent, everything waits in the outbox, and health says so.</summary>
    public string? Relay { get; init; }

    /// <summary>Port of the relay.</summary>
    public int Port { get; init; } = 587;

    /// <summary>TLS is demanded: from the first byte on port 465, by STARTTLS elsewhere. Without it only a relay on loopback is allowed.</summary>
    public bool RequireTls { get; init; } = true;

    /// <summary>User at the relay; null: none is named.</summary>
    public string? User { get; init; }

    /// <summary>Address that stands in From.</summary>
    public string From { get; init; } = "noroshi@hub.invalid";

    /// <summary>What people see beside it.</summary>
    public string FromName { get; init; } = "Noroshi";

    /// <summary>Where questions go to: a telephone number or an address, as it is printed.</summary>
    public string? Contact { get; init; }

    /// <summary><c>ja</c> or <c>en</c>: language of the mails.</summary>
    public string Language { get; init; } = "ja";

    /// <summary>Automatic mails an hour to one address; what is above is not sent, so that no two machines answer each other for ever.</summary>
    public int MostPerHour { get; init; } = 240;

    /// <summary>How long delivery is tried.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(2);

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Problem() =>
        !MailText.IsAddress(From) ? "Notices:From is no mail address. Set it to the address that members know the hub by."
        : Language is not ("ja" or "en") ? "Notices:Language is ja or en."
        : Port is < 1 or > 65_535 ? "Notices:Port lies between 1 and 65535."
        : MostPerHour < 1 ? "Notices:MostPerHour is at least 1."
        : Relay is not null && From.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase)
            ? "Notices:From has to be set when there is a relay."
        : Relay is not null && !RequireTls && Relay is not ("localhost" or "127.0.0.1" or "::1")
            ? "Notices:RequireTls may be off for a relay on this machine only."
        : null;
}
