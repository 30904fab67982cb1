using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Worker;

/// <summary>
/// The jailed parser: closes the jail, says hello, answers requests. With <c>--probe</c> it tries to escape instead and reports how that
/// went: the tests and <c>doctor</c> use it.
/// </summary>
internal static class Program
{
    /// <summary>Parsers of nested formats need stack; the depth bounds of the library keep well below.</summary>
    private const int StackSize = 16 << 20;

    /// <summary>Exit codes that the hub knows.</summary>
    private const int NfkcFailed = 70;

    private static int Main(string[] arguments)
    {
        Jail.DieWithTheHub();
        Jail.PutOnInnerRules();
        if (!NfkcSelfTest.Passes())
        {
            return NfkcFailed;
        }

        // An own thread: its stack is known without reading /proc, which is closed here.
        var thread = new Thread(() => Work(arguments), StackSize);
        thread.Start();
        thread.Join();
        return 0;
    }

    private static void Work(string[] arguments)
    {
        if (arguments is ["--probe-unjailed"])
        {
            // Shows that the probes can get through at all; it reads no request.
            EscapeProbes.Prepare();
            EscapeProbes.Run(line => RawPipe.TryWrite(line));
            return;
        }

        WarmUp.Run();
        var probe = arguments is ["--probe", ..];
        if (probe)
        {
            EscapeProbes.Prepare();
        }

        var hello = Jail.Close();
        using var output = new FrameWriter(RawPipe.TryWrite);
        output.Write(FrameKind.Hello, WireJson.Write(hello));
        if (probe)
        {
            EscapeProbes.Run(line => RawPipe.TryWrite(line));
            return;
        }

        new RequestLoop(output).Run();
    }
}
