using System.Globalization;
using Noroshi.StorageBench;

switch (args)
{
    case ["child", var root, var first, var callers, var count]:
        return await IntakeChild.RunAsync(new Places(root), Number(first), Number(callers), Number(count));
    case ["bench", var root, .. var rest]:
        await AcknowledgeBench.RunAsync(root, rest.Length > 0 ? Number(rest[0]) : 5);
        return 0;
    case ["intake", var root, .. var rest]:
        return await IntakeSoak.RunAsync(root, rest);
    case ["hub", var executable, var root, .. var rest]:
        return await HubSoak.RunAsync(executable, root, rest);
    case ["check", var root]:
        return await HubComparison.CheckAsync(new Places(root));
    default:
        Console.Error.WriteLine(
            "usage: Noroshi.StorageBench bench FOLDER [SECONDS] | intake FOLDER [--kills N] [--power-cuts N] [--record FILE] | hub EXECUTABLE FOLDER [--kills N] [--power-cuts N] [--faults N] [--full N] [--care N] [--start N] [--record FILE] | check FOLDER | child …"
        );
        return 2;
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
