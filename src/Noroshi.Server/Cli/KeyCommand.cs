using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi key</c>: API keys.</summary>
internal static class KeyCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var folder = new IdentityFolder(speech);
        return new Command("key", speech["APIキーを扱う", "care for API keys"])
        {
            Make(folder, speech),
            List(folder, speech),
            Revoke(folder, speech),
        };
    }

    private static Command Make(IdentityFolder folder, Speech speech)
    {
        var organization = new Option<string?>("--organization")
        {
            Description = speech["組織(なければハブのキー)", "organisation (none: a key of the hub)"],
        };
        var window = new Option<string?>("--window") { Description = speech["窓口", "contact window"] };
        var scopes = new Option<string[]>("--scope")
        {
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            Description = speech["用途(複数可)", "what it may be used for (may be repeated)"],
        };
        var name = new Option<string?>("--name") { Description = speech["キーの名前", "name of the key"] };
        var days = new Option<int?>("--days") { Description = speech["有効日数", "days for which it is valid"] };
        return folder.Verb(
            "create",
            speech["キーを作る。文字列は一度だけ表示する", "make a key; its text is shown once"],
            [organization, window, scopes, name, days],
            async (parsed, services) =>
            {
                var now = services.GetRequiredService<SecurityClock>().Now;
                var given = (parsed.GetValue(scopes) ?? []).SelectMany(one =>
                    one.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                );
                var request = new NewKeyRequest(
                    [.. given],
                    parsed.GetValue(organization),
                    parsed.GetValue(window),
                    parsed.GetValue(name),
                    parsed.GetValue(days) is { } valid ? now.AddDays(Math.Clamp(valid, -1, 10_000)) : null
                );
                var community = services.GetRequiredService<Community>();
                if (request.Organization is { } one && community.Find(one) is null)
                {
                    return folder.Refuse($"組織 {one} はありません。", $"There is no organisation {one}.", ExitCode.NotFound);
                }

                if (KeyRoutes.Fault(request, community, now) is { } fault)
                {
                    return folder.Refuse($"キーを作っていません: {fault.Ja}", $"No key was made: {fault.En}", ExitCode.Usage);
                }

                var (key, text) = await services
                    .GetRequiredService<ApiKeys>()
                    .AddAsync(
                        KeyRoutes.Of(request, OrganizationCommand.Operator, now, services.GetRequiredService<AccountOptions>().KeyValid)
                    );
                if (parsed.GetValue(folder.Json))
                {
                    IdentityFolder.Write(json =>
                    {
                        json.WriteString("key", text);
                        json.WriteString("id", key.Id);
                        json.WriteString("organization", key.Organization);
                        json.WriteStartArray("scopes");
                        key.Scopes.ToList().ForEach(json.WriteStringValue);
                        json.WriteEndArray();
                        json.WriteString("expiresAt", key.ExpiresAt);
                    });
                    return ExitCode.Ok;
                }

                AnalyzeTalk.Say(speech["キーは再表示できません。", "The key is not shown again."]);
                Console.Out.WriteLine(text);
                return ExitCode.Ok;
            }
        );
    }

    private static Command List(IdentityFolder folder, Speech speech) =>
        folder.Verb(
            "list",
            speech["キーの一覧", "list keys"],
            [],
            (parsed, services) =>
            {
                var all = services.GetRequiredService<ApiKeys>().All.ToList();
                if (parsed.GetValue(folder.Json))
                {
                    IdentityFolder.Write(json =>
                    {
                        json.WriteStartArray("keys");
                        all.ForEach(one => JsonSerializer.Serialize(json, KeyRoutes.View(one), IdentityApi.Default.KeyView));
                        json.WriteEndArray();
                    });
                    return Task.FromResult(ExitCode.Ok);
                }

                foreach (var one in all)
                {
                    IdentityFolder.Row(
                        one.Id,
                        one.Organization ?? "hub",
                        string.Join(',', one.Scopes),
                        one.ExpiresAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        one.Name
                    );
                }

                return Task.FromResult(ExitCode.Ok);
            }
        );

    private static Command Revoke(IdentityFolder folder, Speech speech)
    {
        var id = new Argument<string>("ID");
        return folder.Verb(
            "revoke",
            speech["キーを無効にする", "revoke a key"],
            [id],
            async (parsed, services) =>
            {
                var keys = services.GetRequiredService<ApiKeys>();
                if (keys.All.FirstOrDefault(one => one.Id == parsed.GetValue(id)) is not { } key)
                {
                    return folder.Refuse("そのキーはありません。", "There is no such key.", ExitCode.NotFound);
                }

                await keys.RevokeAsync(key.Id, OrganizationCommand.Operator);
                AnalyzeTalk.Say(speech["キーを無効にしました。", "The key was revoked."]);
                return ExitCode.Ok;
            }
        );
    }
}
