using System.CommandLine;
using Noroshi.Server.Identity;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Cli;

/// <summary>Passwords that the hub itself needs: of the mail relay, and of the ZIPs that an organisation hands in. None is ever shown.</summary>
internal static class PasswordCommands
{
    /// <summary><c>noroshi relay password</c>.</summary>
    public static Command Relay(Speech speech)
    {
        var folder = new IdentityFolder(speech);
        var remove = Remove(speech);
        return new Command("relay", speech["送信メールの中継サーバーを扱う", "care for the relay of the hub's own mail"])
        {
            folder.Verb(
                "password",
                speech[
                    "中継サーバーのパスワードを設定する(標準入力または端末から読む。引数では渡せない)",
                    "set the relay's password (read from standard input or the terminal, never from arguments)"
                ],
                [remove],
                async (parsed, services) =>
                {
                    var passwords = services.GetRequiredService<RelayPassword>();
                    if (parsed.GetValue(remove))
                    {
                        await passwords.RemoveAsync(OrganizationCommand.Operator);
                        AnalyzeTalk.Say(speech["パスワードを削除しました。", "The password was removed."]);
                        return ExitCode.Ok;
                    }

                    if (SecretInput.Read(speech) is not [var password])
                    {
                        return NotOne(folder);
                    }

                    await passwords.SetAsync(password, OrganizationCommand.Operator);
                    AnalyzeTalk.Say(
                        speech[
                            "パスワードを暗号化して保管しました。利用者名は設定 Notices:User に書いてください。",
                            "The password is kept, sealed. The user name belongs into the setting Notices:User."
                        ]
                    );
                    return ExitCode.Ok;
                }
            ),
        };
    }

    /// <summary><c>noroshi org zip-password</c>.</summary>
    public static Command OfOrganization(IdentityFolder folder, Speech speech)
    {
        var organization = new Option<string>("--organization") { Required = true, Description = speech["組織のID", "organisation"] };
        var remove = Remove(speech);
        return folder.Verb(
            "zip-password",
            speech[
                "組織と取り決めたZIPのパスワードを設定する(標準入力または端末から読む。1行に1つ、以前のものと置き換わる)",
                "set the ZIP passwords agreed with an organisation (from standard input or the terminal, one a line; they take the place of those before)"
            ],
            [organization, remove],
            async (parsed, services) =>
            {
                var id = parsed.GetValue(organization) ?? "";
                if (services.GetRequiredService<Community>().Find(id) is null)
                {
                    return folder.Refuse($"組織 {id} はありません。", $"There is no organisation {id}.", ExitCode.NotFound);
                }

                var agreed = services.GetRequiredService<AgreedPasswords>();
                if (parsed.GetValue(remove))
                {
                    await agreed.RemoveAsync(id, OrganizationCommand.Operator);
                    AnalyzeTalk.Say(speech["パスワードを削除しました。", "The passwords were removed."]);
                    return ExitCode.Ok;
                }

                if (SecretInput.Read(speech) is not { } passwords)
                {
                    return NotOne(folder);
                }

                await agreed.SetAsync(id, passwords, OrganizationCommand.Operator);
                AnalyzeTalk.Say(
                    speech[
                        $"{passwords.Count}個のパスワードを暗号化して保管しました。再表示はできません。",
                        $"Passwords kept, sealed: {passwords.Count}. They are not shown again."
                    ]
                );
                return ExitCode.Ok;
            }
        );
    }

    private static int NotOne(IdentityFolder folder) =>
        folder.Refuse(
            "パスワードが空か、長すぎるか、2回の入力が違います。変更していません。",
            "The password is empty or too long, or the two were not the same. Nothing was changed.",
            ExitCode.Usage
        );

    private static Option<bool> Remove(Speech speech) => new("--remove") { Description = speech["削除する", "remove it"] };
}
