using System.Text;

namespace Noroshi.Server.Cli;

/// <summary>
/// Secrets that somebody gives to a verb: from standard input, or typed without being shown. Never from the arguments, which every user of the
/// machine can read and which the shell keeps.
/// </summary>
internal static class SecretInput
{
    private const int Longest = 64 * 1024;

    /// <summary>The lines of standard input without their ends; typed twice on a terminal. Null: nothing was given, or the two differ.</summary>
    public static IReadOnlyList<string>? Read(Speech speech)
    {
        if (Console.IsInputRedirected)
        {
            var text = new char[Longest];
            var length = Console.In.ReadBlock(text, 0, Longest);
            var lines = new string(text, 0, length).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToList();
            return length < Longest && lines.Count > 0 ? lines : null;
        }

        Console.Error.Write(speech["パスワード: ", "Password: "]);
        var first = Typed();
        Console.Error.Write(speech["もう一度: ", "Once more: "]);
        var second = Typed();
        return first.Length > 0 && string.Equals(first, second, StringComparison.Ordinal) ? [first] : null;
    }

    private static string Typed()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.Error.WriteLine();
                    return typed.ToString();
                case ConsoleKey.Backspace:
                    typed.Length = Math.Max(0, typed.Length - 1);
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        typed.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
