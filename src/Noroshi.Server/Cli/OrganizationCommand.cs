using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake.Import;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi org</c>: member organisations.</summary>
internal static class OrganizationCommand
{
    /// <summary>Who acts, in the journal: the operator of the machine.</summary>
    public const string Operator = "operator";

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var folder = new IdentityFolder(speech);
        return new Command("org", speech["参加組織を扱う", "care for member organisations"])
        {
            Add(folder, speech),
            List(folder, speech),
            Leave(folder, speech),
            Import(folder, speech),
            IntakeAddressCommand.Create(folder, speech),
            PasswordCommands.OfOrganization(folder, speech),
        };
    }

    private static Command Add(IdentityFolder folder, Speech speech)
    {
        var id = new Argument<string>("ID")
        {
            Description = speech["組織のID(英小文字、数字、-、.)", "id (small letters, digits, - and .)"],
        };
        var nameJa = new Option<string?>("--name-ja") { Description = speech["日本語名", "Japanese name"] };
        var nameEn = new Option<string?>("--name-en") { Description = speech["英語名", "English name"] };
        var group = new Option<string?>("--group") { Description = speech["業界のID", "id of the industry group"] };
        var domains = new Option<string[]>("--domain")
        {
            Description = speech["自組織のドメイン(複数可)", "own mail domain (may be repeated)"],
        };
        return folder.Verb(
            "add",
            speech["参加組織を加える", "add a member organisation"],
            [id, nameJa, nameEn, group, domains],
            async (parsed, services) =>
            {
                var name = parsed.GetValue(id) ?? "";
                if (!CommunityIds.IsId(name))
                {
                    return folder.Refuse(CommunityIds.Rule.Ja, CommunityIds.Rule.En, ExitCode.Usage);
                }

                var register = services.GetRequiredService<Register<Organization>>();
                if (register.Find(name) is not null)
                {
                    return folder.Refuse($"{name} は既にあります。変更していません。", $"{name} is there already. Nothing was changed.");
                }

                var organization = new Organization
                {
                    Id = name,
                    NameJa = parsed.GetValue(nameJa),
                    NameEn = parsed.GetValue(nameEn),
                    Group = parsed.GetValue(group),
                    Domains = parsed.GetValue(domains) ?? [],
                    JoinedOn = Today(services),
                };
                await services
                    .GetRequiredService<HubRecords>()
                    .ChangeAsync(
                        [new JournalRecord(Operator, JournalActions.OrganizationChanged, name, "created")],
                        register.Put(name, organization, 0L)
                    );
                AnalyzeTalk.Say(speech[$"{name} を加えました。", $"{name} was added."]);
                return ExitCode.Ok;
            }
        );
    }

    private static Command List(IdentityFolder folder, Speech speech) =>
        folder.Verb(
            "list",
            speech["参加組織の一覧", "list member organisations"],
            [],
            (parsed, services) =>
            {
                var all = services.GetRequiredService<Register<Organization>>().All.Select(one => one.Value).ToList();
                if (parsed.GetValue(folder.Json))
                {
                    IdentityFolder.Write(json =>
                    {
                        json.WriteStartArray("organizations");
                        foreach (var one in all)
                        {
                            // The dictionary of what must never leave does not leave here either.
                            JsonSerializer.Serialize(json, one with { Secrets = [] }, CommunityJson.Default.Organization);
                        }

                        json.WriteEndArray();
                    });
                    return Task.FromResult(ExitCode.Ok);
                }

                foreach (var one in all)
                {
                    var name = (speech.Japanese ? one.NameJa ?? one.NameEn : one.NameEn ?? one.NameJa) ?? "";
                    var left = one.LeftOn is { } day ? speech[$"{day:yyyy-MM-dd} 退会", $"left {day:yyyy-MM-dd}"] : "";
                    IdentityFolder.Row(one.Id, name, one.Group, left);
                }

                return Task.FromResult(ExitCode.Ok);
            }
        );

    private static Command Leave(IdentityFolder folder, Speech speech)
    {
        var id = new Argument<string>("ID");
        var on = new Option<string?>("--on")
        {
            HelpName = "YYYY-MM-DD",
            Description = speech["最終日(既定: 今日)", "last day (default: today)"],
        };
        return folder.Verb(
            "leave",
            speech["組織が抜ける。利用者とキーは使えなくなる", "an organisation leaves; its users and keys end"],
            [id, on],
            async (parsed, services) =>
            {
                var day = Today(services);
                if (
                    parsed.GetValue(on) is { } text
                    && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                )
                {
                    return folder.Refuse($"日付ではありません: {text}", $"not a date: {text}", ExitCode.Usage);
                }

                var name = parsed.GetValue(id) ?? "";
                var register = services.GetRequiredService<Register<Organization>>();
                if (register.Find(name) is not { } found)
                {
                    return folder.Refuse($"{name} はありません。", $"There is no {name}.", ExitCode.NotFound);
                }

                await services
                    .GetRequiredService<HubRecords>()
                    .ChangeAsync(
                        [new JournalRecord(Operator, JournalActions.OrganizationChanged, name, "left")],
                        register.Put(name, found.Value with { LeftOn = day })
                    );
                AnalyzeTalk.Say(speech[$"{name} の最終日を {day:yyyy-MM-dd} にしました。", $"{name} leaves after {day:yyyy-MM-dd}."]);
                return ExitCode.Ok;
            }
        );
    }

    private static Command Import(IdentityFolder folder, Speech speech)
    {
        var file = new Argument<string>("F.json") { Description = speech["参加組織のファイル", "members file"] };
        return folder.Verb(
            "import",
            speech["参加組織のファイルを取り込む", "take a members file in"],
            [file],
            async (parsed, services) =>
            {
                var path = parsed.GetValue(file) ?? "";
                if (!File.Exists(path))
                {
                    return folder.Refuse($"見つかりません: {path}", $"not found: {path}", ExitCode.NotFound);
                }

                try
                {
                    var members = Members.Read(await File.ReadAllTextAsync(path));
                    var count = await services.GetRequiredService<MembersImport>().ApplyAsync(members);
                    AnalyzeTalk.Say(speech[$"{count} 件を変更しました。", $"{count} records were changed."]);
                    return ExitCode.Ok;
                }
                catch (IntakeFileException error)
                {
                    return folder.Refuse(
                        $"ファイルを読めません。変更していません: {error.Message}",
                        $"The file cannot be read; nothing was changed: {error.Message}"
                    );
                }
            }
        );
    }

    private static DateOnly Today(IServiceProvider services) =>
        DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().ToOffset(TimeSpan.FromHours(9)).DateTime);
}
