using System.CommandLine;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Keys;

namespace Noroshi.Server.Cli;

/// <summary>
/// <c>noroshi master-key</c>: makes the file of the master keys and turns it over. The data is wrapped anew by the hub itself, at its next start
/// with a newer key.
/// </summary>
internal static class MasterKeyCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var command = new Command("master-key", speech["マスター鍵のファイルを扱う", "care for the file of the master keys"]);
        Add(
            command,
            "create",
            speech["新しい鍵のファイルを作る(既存のファイルは上書きしない)", "make a file with a new key (never over an existing one)"],
            (file, data) =>
            {
                var ring = MasterKeyFile.Create(file, data);
                return speech[
                    $"鍵 {ring.Names[0]} を {file} に作りました。写しをデータとバックアップとは別の場所に保管してください。失うと誰もデータを読めません。",
                    $"Key {ring.Names[0]} is in {file}. Keep a copy apart from data and backups: without it nobody can read the data."
                ];
            },
            speech
        );
        Add(
            command,
            "add",
            speech[
                "新しい鍵を加えて有効にする。ハブの次の起動時にすべてを包み直す",
                "add a new key and make it the active one; the hub wraps everything anew at its next start"
            ],
            (file, data) =>
            {
                var ring = MasterKeyFile.Add(file, data);
                return speech[
                    $"鍵 {ring.Names[^1]} を加えました。ハブを再起動し、包み直しの終了がログに出たら remove-older を行ってください。ファイルの写しも取り直してください。",
                    $"Key {ring.Names[^1]} was added. Restart the hub; when its log says that everything was wrapped anew, run remove-older. Copy the file away again."
                ];
            },
            speech
        );
        Add(
            command,
            "remove-older",
            speech["有効な鍵だけを残す", "keep the active key only"],
            (file, data) =>
            {
                var ring = MasterKeyFile.RemoveOlder(file, data);
                return speech[
                    $"鍵 {ring.Names[0]} だけを残しました。以前のバックアップの復元には古い鍵が要ります。",
                    $"Only key {ring.Names[0]} is left. Backups made before need the older ones."
                ];
            },
            speech
        );
        return command;
    }

    private static void Add(Command parent, string name, string description, Func<string, string, string> act, Speech speech)
    {
        var file = new Argument<string>("FILE") { Description = speech["鍵のファイル", "file of the keys"] };
        var data = new Option<string?>("--data")
        {
            Description = speech["データフォルダー(鍵がその中にあれば拒む)", "data folder (a key inside it is refused)"],
        };
        var command = new Command(name, description) { file, data };
        command.SetAction(async parsed =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            try
            {
                // Without a folder there is nothing that the key could lie in.
                await Console.Out.WriteLineAsync(TerminalText.Escape(act(path, parsed.GetValue(data) ?? path + ".data")));
                return ExitCode.Ok;
            }
            catch (MasterKeyException error)
            {
                await Console.Error.WriteLineAsync(TerminalText.Escape(error.Message));
                return ExitCode.Error;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(
                    TerminalText.Escape(
                        speech[
                            $"{path} を書けません: {error.Message} 何も変わっていません。",
                            $"{path} cannot be written: {error.Message} Nothing was changed."
                        ]
                    )
                );
                return ExitCode.Error;
            }
        });
        parent.Add(command);
    }
}
