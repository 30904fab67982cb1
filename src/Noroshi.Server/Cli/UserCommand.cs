using System.CommandLine;
using System.Text.Json;
using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Server.Identity;
using Noroshi.Server.Notices;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi user</c>: accounts, for the operator of the machine; also the way back in when the last administrator lost his factor.</summary>
internal static class UserCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var folder = new IdentityFolder(speech);
        return new Command("user", speech["利用者を扱う", "care for users"])
        {
            Add(folder, speech),
            List(folder, speech),
            Change(
                folder,
                ("suspend", speech["利用停止にする", "suspend a user"]),
                speech,
                (user, now) =>
                    user with
                    {
                        State = UserState.Suspended,
                        SuspendedFor = "administrator",
                        SuspendedAt = now,
                        SecurityStamp = Secrets.NewId(),
                    },
                (JournalActions.UserChanged, "suspended")
            ),
            Change(
                folder,
                (
                    "reset-second-factor",
                    speech["第二要素を消す。次のログインで登録し直す", "remove the second factor; the next sign-in sets a new one up"]
                ),
                speech,
                (user, _) => UserRoutes.WithoutFactors(user),
                (JournalActions.FactorChanged, "reset")
            ),
            Invite(folder, speech),
            Address(folder, speech),
        };
    }

    private static Command Add(IdentityFolder folder, Speech speech)
    {
        var name = new Argument<string>("NAME") { Description = speech["利用者名", "user name"] };
        var organization = new Option<string?>("--organization")
        {
            Description = speech["組織(なければハブの利用者)", "organisation (none: somebody of the hub)"],
        };
        var window = new Option<string?>("--window") { Description = speech["窓口", "contact window"] };
        var address = new Option<string?>("--address")
        {
            HelpName = "MAIL",
            Description = speech["お知らせを送るメールアドレス", "mail address that notices go to"],
        };
        var roles = new Option<Role[]>("--role")
        {
            Required = true,
            HelpName = "ROLE",
            Description = speech["役割(複数可)", "role (may be repeated)"],
            CustomParser = result => [.. result.Tokens.Select(token => RoleOf(token.Value, result)).OfType<Role>()],
        };
        return folder.Verb(
            "add",
            speech["利用者を加え、招待トークンを表示する", "add a user and print the token of the invitation"],
            [name, organization, window, roles, address],
            async (parsed, services) =>
            {
                var place = (Organization: parsed.GetValue(organization), Window: parsed.GetValue(window));
                var given = (parsed.GetValue(roles) ?? []).Distinct().ToList();
                var registered = parsed.GetValue(address);
                if (Refused(folder, place, (given, registered), services.GetRequiredService<Community>()) is { } refused)
                {
                    return refused;
                }

                var users = services.GetRequiredService<Users>();
                var (user, token) = users.Invited(
                    new User
                    {
                        Id = Secrets.NewId(),
                        UserName = parsed.GetValue(name) ?? "",
                        Organization = place.Organization,
                        Window = place.Window,
                        Roles = given,
                        State = UserState.Invited,
                        SecurityStamp = Secrets.NewId(),
                        CreatedAt = services.GetRequiredService<SecurityClock>().Now,
                    },
                    services.GetRequiredService<AccountOptions>().InvitationOpen
                );
                await users.AddAsync(user, OrganizationCommand.Operator);
                if (registered is not null)
                {
                    await services.GetRequiredService<UserAddresses>().RegisterAsync(user.Id, registered, OrganizationCommand.Operator);
                }

                Tell(user, token, parsed.GetValue(folder.Json), speech);
                return ExitCode.Ok;
            }
        );
    }

    /// <summary>Exit code when such a user cannot be added, which has been said; null when he can.</summary>
    private static int? Refused(
        IdentityFolder folder,
        (string? Organization, string? Window) place,
        (IReadOnlyList<Role> Roles, string? Address) asked,
        Community community
    ) =>
        place.Organization is { } one && community.Find(one) is null
            ? folder.Refuse($"組織 {one} はありません。", $"There is no organisation {one}.", ExitCode.NotFound)
        : UserRoutes.RolesFault(Actor.System, place, asked.Roles) is { } fault
            ? folder.Refuse($"変更していません: {fault.Ja}", $"Nothing was changed: {fault.En}", ExitCode.Usage)
        : asked.Address is not null && !MailText.IsAddress(asked.Address) ? folder.Refuse(NoAddress.Ja, NoAddress.En, ExitCode.Usage)
        : null;

    private static Words NoAddress { get; } =
        new("メールアドレスの形ではありません。変更していません。", "That is no mail address. Nothing was changed.");

    private static Command Address(IdentityFolder folder, Speech speech)
    {
        var name = new Argument<string>("NAME") { Description = speech["利用者名", "user name"] };
        var address = new Argument<string?>("MAIL")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = speech["メールアドレス(なければ削除する)", "mail address (none: it is removed)"],
        };
        return folder.Verb(
            "address",
            speech["お知らせを送るメールアドレスを登録または削除する", "register or remove the mail address that notices go to"],
            [name, address],
            async (parsed, services) =>
            {
                if (services.GetRequiredService<Users>().ByName(parsed.GetValue(name)) is not { } user)
                {
                    return folder.Refuse("その利用者はいません。", "There is no such user.", ExitCode.NotFound);
                }

                var addresses = services.GetRequiredService<UserAddresses>();
                if (parsed.GetValue(address) is not { } text)
                {
                    await addresses.RemoveAsync(user.Id, OrganizationCommand.Operator);
                    AnalyzeTalk.Say(speech["メールアドレスを削除しました。", "The mail address was removed."]);
                    return ExitCode.Ok;
                }

                if (!MailText.IsAddress(text))
                {
                    return folder.Refuse(NoAddress.Ja, NoAddress.En, ExitCode.Usage);
                }

                await addresses.RegisterAsync(user.Id, text, OrganizationCommand.Operator);
                AnalyzeTalk.Say(speech["メールアドレスを登録しました。", "The mail address was registered."]);
                return ExitCode.Ok;
            }
        );
    }

    private static Command Invite(IdentityFolder folder, Speech speech)
    {
        var name = new Argument<string>("NAME");
        return folder.Verb(
            "invite",
            speech["新しい招待トークンを表示する(パスワードを忘れたとき)", "print a new token of invitation (for a forgotten password)"],
            [name],
            async (parsed, services) =>
            {
                var users = services.GetRequiredService<Users>();
                var token = "";
                var changed = users.ByName(parsed.GetValue(name)) is { } user
                    ? await users.ChangeAsync(
                        user.Id,
                        now =>
                        {
                            (now, token) = users.Invited(now, services.GetRequiredService<AccountOptions>().InvitationOpen);
                            return now;
                        },
                        new JournalRecord(OrganizationCommand.Operator, JournalActions.UserChanged, user.Id, "invited")
                    )
                    : null;
                if (changed is null)
                {
                    return folder.Refuse("その利用者はいません。", "There is no such user.", ExitCode.NotFound);
                }

                Tell(changed, token, parsed.GetValue(folder.Json), speech);
                return ExitCode.Ok;
            }
        );
    }

    private static Command List(IdentityFolder folder, Speech speech) =>
        folder.Verb(
            "list",
            speech["利用者の一覧", "list users"],
            [],
            (parsed, services) =>
            {
                var all = services.GetRequiredService<Users>().All.ToList();
                var addresses = services.GetRequiredService<UserAddresses>();
                if (parsed.GetValue(folder.Json))
                {
                    IdentityFolder.Write(json =>
                    {
                        json.WriteStartArray("users");
                        all.ForEach(one => JsonSerializer.Serialize(json, UserRoutes.View(one, addresses), IdentityApi.Default.UserView));
                        json.WriteEndArray();
                    });
                    return Task.FromResult(ExitCode.Ok);
                }

                foreach (var one in all)
                {
                    var roles = string.Join(',', one.Roles.Select(Code));
                    IdentityFolder.Row(one.UserName, one.Organization ?? "hub", roles, State(one.State, speech));
                }

                return Task.FromResult(ExitCode.Ok);
            }
        );

    private static Command Change(
        IdentityFolder folder,
        (string Name, string Description) verb,
        Speech speech,
        Func<User, DateTimeOffset, User> change,
        (string Action, string Detail) journal
    )
    {
        var name = new Argument<string>("NAME");
        return folder.Verb(
            verb.Name,
            verb.Description,
            [name],
            async (parsed, services) =>
            {
                var users = services.GetRequiredService<Users>();
                if (users.ByName(parsed.GetValue(name)) is not { } user)
                {
                    return folder.Refuse("その利用者はいません。", "There is no such user.", ExitCode.NotFound);
                }

                if (verb.Name == "suspend" && users.IsOnlyAdministrator(user))
                {
                    return folder.Refuse("最後の管理者は停止できません。", "The only administrator cannot be suspended.");
                }

                await users.ChangeAsync(
                    user.Id,
                    now => change(now, services.GetRequiredService<SecurityClock>().Now),
                    new JournalRecord(OrganizationCommand.Operator, journal.Action, user.Id, journal.Detail)
                );
                AnalyzeTalk.Say(speech[$"{user.UserName} を変更しました。", $"{user.UserName} was changed."]);
                return ExitCode.Ok;
            }
        );
    }

    /// <summary>The token alone on stdout, so that a script can take it.</summary>
    private static void Tell(User user, string token, bool asJson, Speech speech)
    {
        if (asJson)
        {
            IdentityFolder.Write(json =>
            {
                json.WriteString("user", user.Id);
                json.WriteString("invitation", token);
                json.WriteString("invitationEnds", user.InvitationEnds ?? default);
            });
            return;
        }

        AnalyzeTalk.Say(
            speech[
                "招待トークンです。本人に別の手段で渡してください。再表示はできません。",
                "The token of the invitation; hand it over by another way. It is not shown again."
            ]
        );
        Console.Out.WriteLine(token);
    }

    private static string Code(Role role) => JsonSerializer.Serialize(role).Trim('"');

    private static string State(UserState state, Speech speech) =>
        state switch
        {
            UserState.Invited => speech["招待中", "invited"],
            UserState.Active => speech["有効", "active"],
            UserState.Suspended => speech["停止中", "suspended"],
            UserState.Removed => speech["削除済み", "removed"],
        };

    private static Role? RoleOf(string text, System.CommandLine.Parsing.ArgumentResult result)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            if (string.Equals(Code(role), text, StringComparison.Ordinal))
            {
                return role;
            }
        }

        result.AddError($"--role: {string.Join(", ", Enum.GetValues<Role>().Select(Code))}");
        return null;
    }
}
