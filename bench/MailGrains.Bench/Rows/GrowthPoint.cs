namespace MailGrains.Bench.Rows;

/// <summary>What single operations cost with so many messages in the folder. Times in milliseconds.</summary>
/// <param name="Server">Name of the server.</param>
/// <param name="Messages">Messages in the folder when it was opened.</param>
/// <param name="FillPerSecond">Rate at which the folder was filled to this size; null when nothing was missing.</param>
/// <param name="Open">First SELECT, after a restart if the server can be restarted.</param>
/// <param name="OpenMegabytes">Memory that the processes gained by it; null when they are not known.</param>
/// <param name="Append">One 4 KB APPEND.</param>
/// <param name="Flag">STORE of one flag on one message.</param>
/// <param name="Newest">FETCH of UID, FLAGS and ENVELOPE of the newest fifty.</param>
/// <param name="WakeUp">LMTP delivery begun → EXISTS in IDLE.</param>
internal sealed record GrowthPoint(
    string Server, long Messages, double? FillPerSecond,
        double Open, double? OpenMegabytes, double Append, double Flag, double Newest, double WakeUp);
