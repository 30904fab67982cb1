using System.Diagnostics;
using Noroshi.Exchange.Reports;
using Noroshi.Hub.Figures;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>
/// A headless browser, one process for each page: the page is the hub's own, without script; the process has no network, a home of its own
/// that is removed, and a deadline.
/// </summary>
/// <param name="program">The program; null when there is none.</param>
/// <param name="time">Clock of the deadline.</param>
/// <param name="temporary">Where pages stand while they are printed; null for the system's folder.</param>
internal sealed class Chromium(string? program, TimeProvider time, string? temporary = null) : IFigurePainter, IDisposable
{
    /// <summary>Longer no page takes; a small machine needs some seconds for the first.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private const string PageName = "page.html";
    private const int Scale = 2;

    // One at a time: a browser takes some hundred megabytes.
    private readonly SemaphoreSlim _one = new(1);
    private readonly RecentPrints _recent = new();

    /// <summary>Whether there is one.</summary>
    public bool IsThere => program is not null;

    /// <summary>A4 pages of a page of HTML, tagged, with bookmarks.</summary>
    /// <exception cref="ReportOutputException">There is no browser, or it failed.</exception>
    public Task<byte[]> PdfAsync(string html, CancellationToken cancellation) =>
        RunAsync(
            html,
            "out.pdf",
            folder => [$"--print-to-pdf={Path.Combine(folder, "out.pdf")}", "--no-pdf-header-footer", "--generate-pdf-document-outline"],
            "%PDF-"u8.ToArray(),
            cancellation
        );

    /// <inheritdoc/>
    public async Task<byte[]?> PngAsync(Figure figure, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (program is null)
        {
            return null;
        }

        var (width, height) = ((int)Math.Ceiling(figure.Width), (int)Math.Ceiling(figure.Height));
        // Inline, so that the page's colours of the light mode count whatever the machine prefers.
        var html =
            "<!doctype html><html lang=\"ja\"><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            + $"style-src 'unsafe-inline'\"><style>{FigureStyle.Variables.Split('\n')[0].Replace("light dark", "light", StringComparison.Ordinal)}{FigureStyle.Css}"
            + "body{margin:0;background:#fff;font-family:\"BIZ UDPGothic\",\"IPAexGothic\",\"Noto Sans JP\",\"Noto Sans CJK JP\",sans-serif}"
            + $"svg.figure{{width:{width}px}}</style><body>{figure.Svg.Text}</body></html>";
        return await RunAsync(
            html,
            "out.png",
            folder =>
                [
                    $"--screenshot={Path.Combine(folder, "out.png")}",
                    "--hide-scrollbars",
                    FormattableString.Invariant($"--force-device-scale-factor={Scale}"),
                    FormattableString.Invariant($"--window-size={width},{height}"),
                ],
            [0x89, (byte)'P', (byte)'N', (byte)'G'],
            cancellation
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<byte[]> RunAsync(
        string html,
        string result,
        Func<string, string[]> more,
        byte[] start,
        CancellationToken cancellation
    )
    {
        var found = program ?? throw Missing();
        var key = RecentPrints.KeyOf(result, html);
        await _one.WaitAsync(cancellation);
        // The browser puts a socket below it, whose path may have 107 characters only: a short name.
        var folder = Path.Combine(temporary ?? Path.GetTempPath(), $"noroshi-{Guid.NewGuid():N}"[..20]);
        try
        {
            if (_recent.Find(key) is { } before)
            {
                return before;
            }

            // Readable by this user only: what is printed may not be published yet.
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var page = Path.Combine(folder, PageName);
            await File.WriteAllTextAsync(page, html, cancellation);
            await StartAsync(found, folder, [.. Always(folder), .. more(folder), new Uri(page).AbsoluteUri], cancellation);
            var made = Path.Combine(folder, result);
            var bytes = File.Exists(made) ? await File.ReadAllBytesAsync(made, cancellation) : [];
            _recent.Keep(key, bytes.AsSpan().StartsWith(start) ? bytes : throw Failed());
            return bytes;
        }
        finally
        {
            Remove(folder);
            _one.Release();
        }
    }

    private async Task StartAsync(string found, string folder, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(found, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of the hub's environment (keys, passwords) goes along.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var name in new[] { "HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" })
        {
            start.Environment[name] = folder;
        }

        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        Process process;
        try
        {
            process = Process.Start(start) ?? throw Failed();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new ReportOutputException(Failed().Ja, Failed().En, error);
        }

        using (process)
        {
            try
            {
                process.StandardInput.Close();
                var said = Task.WhenAll(
                    process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, either.Token),
                    process.StandardError.BaseStream.CopyToAsync(Stream.Null, either.Token)
                );
                await process.WaitForExitAsync(either.Token);
                await said;
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                throw Failed();
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                    process.WaitForExit(5_000);
                }
            }
        }
    }

    private static IEnumerable<string> Always(string folder)
    {
        yield return "--headless";
        yield return "--disable-gpu";
        yield return "--no-first-run";
        yield return "--disable-extensions";
        yield return "--disable-sync";
        yield return "--disable-background-networking";
        yield return "--disable-component-update";
        yield return "--disable-default-apps";
        yield return "--disable-dev-shm-usage";
        yield return "--no-pings";
        yield return "--lang=ja";
        // No name resolves, and what needs none (an address as such) goes to a port of this machine at which nobody answers.
        yield return "--host-resolver-rules=MAP * ~NOTFOUND";
        yield return "--proxy-server=http://127.0.0.1:9";
        yield return "--proxy-bypass-list=<-loopback>";
        yield return $"--user-data-dir={Path.Combine(folder, "profile")}";
        if (Environment.IsPrivilegedProcess)
        {
            // The browser refuses to start as root otherwise. The hub itself runs as a user of its own.
            yield return "--no-sandbox";
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A process of the browser that is just ending may still write; the system clears its folder for temporary files.
        }
    }

    private static ReportOutputException Missing() =>
        new(
            "PDFを作成できません: Chromiumが見つかりません。HTML版は作成でき、ブラウザーの印刷からPDFにできます。Chromiumを導入するか(Debian: apt-get install chromium fonts-morisawa-bizud-gothic)、"
                + $"環境変数 {ChromiumProgram.Variable} に実行ファイルのパスを設定してください。",
            "No PDF was made: Chromium was not found. The HTML can be made and be printed to PDF from a browser. Install Chromium "
                + $"(Debian: apt-get install chromium fonts-morisawa-bizud-gothic) or name the program in {ChromiumProgram.Variable}."
        );

    private static ReportOutputException Failed() =>
        new(
            "PDFまたは画像を作成できません: Chromiumが途中で終了したか、時間内に終わりませんでした。HTML版は作成できます。メモリーの空きを確かめ、もう一度実行してください。",
            "No PDF or picture was made: Chromium ended early or took too long. The HTML can be made. See that there is memory left and try again."
        );
}
