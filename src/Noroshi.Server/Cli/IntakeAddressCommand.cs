using System.CommandLine;
using Noroshi.Hub.Identity;
using Noroshi.Server.Identity;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi org address</c>: an unguessable address that one window forwards suspicious mails to.</summary>
internal static class IntakeAddressCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(IdentityFolder folder, Speech speech)
    {
        var organization = new Option<string>("--organization") { Required = true, Description = speech["組織のID", "organisation"] };
        var window = new Option<string?>("--window") { Description = speech["窓口のID", "contact window"] };
        var domain = new Option<string?>("--intake-domain")
        {
            Description = speech[
                "提供用アドレスのドメイン(設定 smtp.intakeDomain)",
                "domain of intake addresses (setting smtp.intakeDomain)"
            ],
        };
        return folder.Verb(
            "address",
            speech["提供用アドレスを発行する。アドレスは一度だけ表示する", "make an intake address for a window; it is shown once"],
            [organization, window, domain],
            async (parsed, services) =>
            {
                var id = parsed.GetValue(organization) ?? "";
                if (services.GetRequiredService<Community>().Find(id) is not { } found)
                {
                    return folder.Refuse($"組織 {id} はありません。", $"There is no organisation {id}.", ExitCode.NotFound);
                }

                var of = parsed.GetValue(window);
                if (of is not null && !found.Windows.Any(one => string.Equals(one.Id, of, StringComparison.Ordinal)))
                {
                    return folder.Refuse($"{id} に窓口 {of} はありません。", $"{id} has no window {of}.", ExitCode.NotFound);
                }

                var by = new Actor { Kind = ActorKind.System, Id = OrganizationCommand.Operator };
                var issued = await services.GetRequiredService<IntakeAddresses>().IssueAsync(by, id, of, user: null);
                var address = parsed.GetValue(domain) is { } other
                    ? issued.Address[..(issued.Address.IndexOf('@', StringComparison.Ordinal) + 1)] + other
                    : issued.Address;
                if (parsed.GetValue(folder.Json))
                {
                    IdentityFolder.Write(json =>
                    {
                        json.WriteString("address", address);
                        json.WriteString("id", issued.Id);
                    });
                    return ExitCode.Ok;
                }

                AnalyzeTalk.Say(speech["アドレスは再表示できません。", "The address is not shown again."]);
                Console.Out.WriteLine(address);
                return ExitCode.Ok;
            }
        );
    }
}
