using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Intake;

/// <summary>What a request has to say to become a provision.</summary>
internal sealed class RequestRules(Community community, ProvisionIndex index, Scope scope)
{
    private const int MostNote = 10_000;
    private const int MostText = 200;
    private const int MostStated = 1_000;

    /// <summary>The header.</summary>
    /// <exception cref="ProblemException">It says something that cannot be.</exception>
    public async Task<ProvisionHeader> HeaderAsync(Actor actor, GivenBody body, CancellationToken cancellation)
    {
        var asked = body.Request;
        var organization = Organization(actor, asked.Organization);
        var window = Window(actor, organization, asked.Window);
        CheckLengths(asked);
        if (body.Files.Count == 0 && asked.StatedEvents is not { Count: > 0 } && string.IsNullOrWhiteSpace(asked.Note))
        {
            throw Wrong(
                "ファイルも statedEvents も note もありません。",
                "There is neither a file nor statedEvents nor a note: nothing was given."
            );
        }

        var names = body.Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        if (asked.Files?.FirstOrDefault(one => !names.Contains(one.Name)) is { } stray)
        {
            throw Wrong(
                $"files: 「{stray.Name}」という名前のファイルは送られていません。",
                $"files: no file named '{stray.Name}' was sent."
            );
        }

        return new ProvisionHeader
        {
            Way = GivingWay.Api,
            Kind = asked.Kind,
            Intake = organization is null ? "hub" : "member",
            Organization = organization,
            Window = window,
            GivenBy = actor.Id,
            ReceivedAt = default,
            Items = [.. body.Files.Select(file => new ProvisionItem(file.Name, Statement(asked, file.Name, organization, window)))],
            Stated = asked.StatedEvents is { Count: > 0 } events
                ?
                [
                    new ManifestLine
                    {
                        Organization = organization ?? "",
                        Window = window,
                        StatedEvents = events,
                    },
                ]
                : [],
            Note = asked.Note,
            Reference = asked.Reference,
            AddsTo = await AddsToAsync(actor, asked.AddsTo, cancellation),
        };
    }

    private string? Organization(Actor actor, string? asked)
    {
        if (actor.Organization is { } own)
        {
            return asked is null || asked == own
                ? own
                : throw new ProblemException(
                    ProblemKind.Forbidden,
                    "自組織以外の名前では提供できません。",
                    "Provisions are made for one's own organisation only."
                );
        }

        // Those of the hub may take down what a member told them; without an organisation it is the hub's own.
        return asked is null || community.Find(asked) is not null
            ? asked
            : throw Wrong(
                $"organization: 「{asked}」という組織は登録されていません。",
                $"organization: there is no organisation '{asked}'."
            );
    }

    private string? Window(Actor actor, string? organization, string? asked)
    {
        if (actor.Window is { } own)
        {
            return asked is null || asked == own
                ? own
                : throw new ProblemException(
                    ProblemKind.Forbidden,
                    "この利用者・キーは自分の窓口の分だけを提供できます。",
                    "This user or key provides for its own window only."
                );
        }

        if (asked is null)
        {
            return null;
        }

        var windows = community.Find(organization)?.Windows.Select(one => one.Id).Order(StringComparer.Ordinal).ToList() ?? [];
        return windows.Contains(asked, StringComparer.Ordinal)
            ? asked
            : throw Wrong(
                $"window: 「{asked}」という窓口は登録されていません。登録済み: {string.Join(", ", windows)}",
                $"window: there is no window '{asked}'. Registered: {string.Join(", ", windows)}"
            );
    }

    /// <summary>Of others' provisions the answer is the same as of none.</summary>
    private async Task<string?> AddsToAsync(Actor actor, Guid? asked, CancellationToken cancellation)
    {
        if (asked is not { } id)
        {
            return null;
        }

        var found = await index.FindAsync(id.ToString("N"), cancellation);
        return found is not null && scope.May(actor, Verb.Read, found)
            ? found.Id.ToString()
            : throw Wrong("addsTo: 自組織にそのIDの提供はありません。", "addsTo: your organisation has no provision of that id.");
    }

    private static ManifestLine? Statement(ProvisionRequest asked, string name, string? organization, string? window) =>
        asked.Files?.FirstOrDefault(one => one.Name == name) is { } said
            ? new ManifestLine
            {
                File = name,
                Organization = organization ?? "",
                Window = window,
                Direction = said.Direction,
                Channel = said.Channel,
                ReceivedAt = said.ReceivedAt,
                Destinations = said.Destinations ?? [],
                StatedEvents = said.StatedEvents ?? [],
            }
            : null;

    private static void CheckLengths(ProvisionRequest asked)
    {
        if (asked.Note?.Length > MostNote || asked.Reference?.Length > MostText)
        {
            throw Wrong(
                $"note は{MostNote}文字、reference は{MostText}文字までです。",
                $"note has at most {MostNote} characters, reference {MostText}."
            );
        }

        var events = (asked.StatedEvents ?? []).Concat(asked.Files?.SelectMany(one => one.StatedEvents ?? []) ?? []).ToList();
        if (events.Count > MostStated || asked.Files?.Sum(one => one.Destinations?.Count ?? 0) > MostStated)
        {
            throw Wrong(
                $"statedEvents と destinations は{MostStated}件までです。",
                $"At most {MostStated} statedEvents and destinations are taken."
            );
        }

        if (
            events.Any(one => one is null || one.Kind is not ("reply" or "phone" or "opened" or "autoReply") || one.Text?.Length > MostNote)
        )
        {
            throw Wrong(
                "statedEvents: kind は reply、phone、opened、autoReply のいずれかです。",
                "statedEvents: kind is reply, phone, opened or autoReply."
            );
        }

        if (events.Any(one => one.Precision is not (null or "minute" or "hour" or "day")))
        {
            throw Wrong("statedEvents: precision は minute、hour、day のいずれかです。", "statedEvents: precision is minute, hour or day.");
        }

        if (asked.Files?.Any(one => one is null || one.Channel is not (null or "mail" or "form" or "phone" or "unknown")) == true)
        {
            throw Wrong("files: channel は mail、form、phone、unknown のいずれかです。", "files: channel is mail, form, phone or unknown.");
        }
    }

    private static ProblemException Wrong(string ja, string en) => new(ProblemKind.Unprocessable, ja, en);
}
